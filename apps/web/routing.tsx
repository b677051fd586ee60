// Which address shows which page; paths ignore case, because printed codes are upper case.
import { lazy } from 'react';
import { Navigate, Route, Routes } from 'react-router';
import { AlarmPage } from './pages/alarm/alarm-page.js';
import { AlarmsPage } from './pages/alarm/alarms-page.js';
import { DevicePage } from './pages/device/device-page.js';
import { DevicesPage } from './pages/device/devices-page.js';
import { ScanPage } from './pages/scan/scan-page.js';
import { MissingPage } from './parts/missing-page.js';
import { Shell } from './shell/shell.js';
import { SignedIn } from './shell/signed-in.js';

const SignInPage = lazy(() => import('./pages/account/sign-in-page.js'));
const SignUpPage = lazy(() => import('./pages/account/sign-up-page.js'));
const LinkPage = lazy(() => import('./pages/account/link-page.js'));
const WelcomePage = lazy(() => import('./pages/account/welcome-page.js'));
const LeavePage = lazy(() => import('./pages/account/leave-page.js'));
const FarewellPage = lazy(() => import('./pages/account/farewell-page.js'));
const HomePage = lazy(() => import('./pages/home/home-page.js'));
const JoinPage = lazy(() => import('./pages/sharing/join-page.js'));
const MessageLinkPage = lazy(() => import('./pages/account/message-link-page.js'));
const ReachPage = lazy(() => import('./pages/reach/reach-page.js'));
const SettingsPage = lazy(() => import('./pages/settings/settings-page.js'));
const TellingPage = lazy(() => import('./pages/telling/telling-page.js'));
const TransferPage = lazy(() => import('./pages/device/transfer-page.js'));
const WhyPage = lazy(() => import('./pages/alarm/why-page.js'));
const OperatorsPage = lazy(() => import('./pages/operators/operators-page.js'));
const OfferPage = lazy(() => import('./pages/operators/offer-page.js'));
const PastPage = lazy(() => import('./pages/past/past-page.js'));
const PlanPage = lazy(() => import('./pages/home/plan-page.js'));
const FleetPage = lazy(() => import('./pages/fleet/fleet-page.js'));

export function Routing() {
  return (
    <Routes>
      <Route element={<Shell />}>
        <Route path="/d/:ticket" element={<ScanPage />} />
        <Route path="/sign-in" element={<SignInPage />} />
        <Route path="/sign-in/:token" element={<LinkPage />} />
        <Route path="/sign-up" element={<SignUpPage />} />
        <Route path="/farewell/:token" element={<FarewellPage />} />
        <Route path="/welcome/:token" element={<WelcomePage />} />
        <Route path="/invitations/:token" element={<JoinPage />} />
        <Route path="/operator/:token" element={<OfferPage />} />
        <Route path="/message/:token" element={<MessageLinkPage />} />
        <Route element={<SignedIn />}>
          <Route path="/" element={<DevicesPage />} />
          <Route path="/devices" element={<Navigate to="/" replace />} />
          <Route path="/devices/:deviceId" element={<DevicePage />} />
          <Route path="/transfers/:token" element={<TransferPage />} />
          <Route path="/alarms" element={<AlarmsPage />} />
          <Route path="/alarms/:alarmId" element={<AlarmPage />} />
          <Route path="/alarms/:alarmId/why" element={<WhyPage />} />
          <Route path="/homes/:homeId" element={<HomePage />} />
          <Route path="/homes/:homeId/plan" element={<PlanPage />} />
          <Route path="/settings" element={<SettingsPage />} />
          <Route path="/settings/past" element={<PastPage />} />
          <Route path="/settings/leave" element={<LeavePage />} />
          <Route path="/settings/reach" element={<ReachPage />} />
          <Route path="/settings/telling" element={<TellingPage />} />
        </Route>
        <Route element={<SignedIn as="operator" />}>
          <Route path="/fleet" element={<FleetPage />} />
          <Route path="/fleet/operators" element={<OperatorsPage />} />
        </Route>
        <Route path="*" element={<MissingPage />} />
      </Route>
    </Routes>
  );
}

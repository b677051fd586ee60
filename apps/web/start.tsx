// Starts the pages: language, cache, routes.
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { BrowserRouter } from 'react-router';
import { makeQueryClient } from './gateway/query-client.js';
import { pickLocale, storedLocale } from './model/locale.js';
import { Routing } from './routing.js';
import { startTexts } from './texts/i18n.js';
import './style/index.css';

const root = document.getElementById('root');
if (!root) throw new Error('the page has no root');

createRoot(root).render(
  <StrictMode>
    <I18nextProvider i18n={startTexts(pickLocale(storedLocale(), undefined, navigator.languages))}>
      <QueryClientProvider client={makeQueryClient()}>
        <BrowserRouter>
          <Routing />
        </BrowserRouter>
      </QueryClientProvider>
    </I18nextProvider>
  </StrictMode>,
);

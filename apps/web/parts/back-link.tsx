// The way up from a page of details.
import { Link } from 'react-router';
import { Sign } from './sign.js';

export function BackLink({ to, text }: { to: string; text: string }) {
  return (
    <Link to={to} className="back-link">
      <Sign name="back" />
      {text}
    </Link>
  );
}

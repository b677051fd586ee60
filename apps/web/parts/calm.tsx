// A quiet message in the middle of a page: nothing here, or nothing to worry about.
import type { ReactNode } from 'react';
import { Sign, type SignName } from './sign.js';

export function Calm(props: { sign: SignName; title: string; text: string; children?: ReactNode }) {
  return (
    <div className="calm">
      <span className="calm-sign">
        <Sign name={props.sign} />
      </span>
      <p className="calm-title">{props.title}</p>
      <p className="calm-text">{props.text}</p>
      {props.children}
    </div>
  );
}

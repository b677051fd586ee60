// A quiet message in the middle of a page: nothing here, or nothing to worry about.
import type { ReactNode } from 'react';
import { Sign, type SignName } from './sign.js';

interface Props {
  readonly sign: SignName;
  readonly title: string;
  readonly text: string;
  /** Whether it is the whole page, so that its title is the page's heading. */
  readonly isPage?: boolean;
  readonly children?: ReactNode;
}

export function Calm(props: Props) {
  return (
    <div className="calm">
      <span className="calm-sign">
        <Sign name={props.sign} />
      </span>
      {props.isPage ? (
        <h1 tabIndex={-1} className="calm-title">
          {props.title}
        </h1>
      ) : (
        <h2 className="calm-title">{props.title}</h2>
      )}
      <p className="calm-text">{props.text}</p>
      {props.children}
    </div>
  );
}

// Whether the gateway takes messages: not before all doors are open, and not any more once it is being stopped.

export class Readiness {
  isOpen = false;
}

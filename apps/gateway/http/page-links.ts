// The pages' addresses that links lead to.

export function signInPage(publicUrl: string, token: string): string {
  return new URL(`/sign-in/${token}`, publicUrl).href;
}

export function invitationPage(publicUrl: string, token: string): string {
  return new URL(`/invitations/${token}`, publicUrl).href;
}

export function transferPage(publicUrl: string, token: string): string {
  return new URL(`/transfers/${token}`, publicUrl).href;
}

export function farewellPage(publicUrl: string, token: string): string {
  return new URL(`/farewell/${token}`, publicUrl).href;
}

export function operatorPage(publicUrl: string, token: string): string {
  return new URL(`/operator/${token}`, publicUrl).href;
}

export function welcomePage(publicUrl: string, token: string): string {
  return new URL(`/welcome/${token}`, publicUrl).href;
}

// The sentences about signing in and signing up.
import type { SameSentences } from './same-sentences.js';

const en = {
  signIn: 'Sign in',
  signInLead: 'Welcome back.',
  signUp: 'Create an account',
  signUpLead: 'It lives on this gateway only.',
  email: 'Mail address',
  password: 'Password',
  passwordHint: 'At least 10 characters',
  showPassword: 'Show the password',
  name: 'Your name',
  noAccount: 'No account yet?',
  haveAccount: 'Already have an account?',
  linkTitle: 'Sign in with a link',
  linkText: 'This link lets you in once. It was not used by opening this page; press the button to use it.',
  welcomeTitle: 'Set up the gateway',
  welcomeText:
    'You are the first operator: you register devices and watch the fleet. Choose how you sign in.',
  welcomeButton: 'Begin',
  signOut: 'Sign out',
  signedInAs: 'Signed in as {{name}}',
  operator: 'Operator',
  resident: 'Resident',
};

const zh: SameSentences<typeof en> = {
  signIn: '登录',
  signInLead: '欢迎回来。',
  signUp: '创建账户',
  signUpLead: '账户只保存在这台网关上。',
  email: '邮箱',
  password: '密码',
  passwordHint: '至少 10 个字符',
  showPassword: '显示密码',
  name: '您的姓名',
  noAccount: '还没有账户？',
  haveAccount: '已经有账户？',
  linkTitle: '通过链接登录',
  linkText: '此链接只能登录一次。打开页面并不会用掉它，按下按钮才会。',
  welcomeTitle: '设置网关',
  welcomeText: '您是第一位运营者：负责登记设备、看护设备群。请先设定登录方式。',
  welcomeButton: '开始使用',
  signOut: '退出登录',
  signedInAs: '已登录：{{name}}',
  operator: '运营者',
  resident: '用户',
};

export const accountTexts = { en, zh };

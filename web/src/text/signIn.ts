/** What the sign-in says: it comes first, so it brings no other words along. */
export const signInText = {
  account: "账号",
  accountMissing: "请输入账号",
  password: "密码",
  passwordMissing: "请输入密码",
  signIn: "登录",
  welcome: "登录后开始今天的工作",
  demoTitle: "演示公司：点一个角色直接进入",
};

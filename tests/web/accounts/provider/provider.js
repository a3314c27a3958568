// A certified OpenID Connect provider on this machine, for a test: whoever gives an e-mail is believed to be that
// person. An address that begins with "unverified" is told as not verified.
import Provider from "oidc-provider";

const [port, callback] = process.argv.slice(2);
const issuer = `http://localhost:${port}`;

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: "klimaplan",
      client_secret: "a secret of the test",
      redirect_uris: [callback],
      grant_types: ["authorization_code"],
      response_types: ["code"],
    },
  ],
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  features: { devInteractions: { enabled: true } },
  pkce: { required: () => true },
  cookies: { keys: ["of the test"] },
  async findAccount(_, id) {
    return {
      accountId: id,
      claims: async () => ({ sub: id, name: "Somebody", email: id, email_verified: !id.startsWith("unverified") }),
    };
  },
});

provider.listen(Number(port), "localhost", () => console.log("ready"));

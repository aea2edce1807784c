package io.breakwater.adapter.http.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.breakwater.port.Json;
import io.breakwater.sample.identity.SignedToken;
import io.breakwater.sample.identity.SigningKey;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Tokens that must be refused, by name. Each is a good token of an issuer with the keys {@code key-RS256} and
 * {@code key-ES256}, except for what the name says.
 */
final class ForgedTokens {
    private static final SigningKey RSA = Keys.of("RS256");
    private static final SigningKey CURVE = Keys.of("ES256");
    private static final SigningKey ATTACKER = Keys.forged("ES256");

    private final Map<String, String> tokens = new LinkedHashMap<>();
    private final SignedToken good;
    private final long now;

    private ForgedTokens(SignedToken good, long now) {
        this.good = good;
        this.now = now;
    }

    static Map<String, String> of(SignedToken good, long now) {
        var forged = new ForgedTokens(good, now);
        forged.addAlgorithms();
        forged.addKeys();
        forged.addHeaders();
        forged.addTimes();
        forged.addClaims();
        forged.addText();
        return forged.tokens;
    }

    private void add(String name, SignedToken token) {
        tokens.put(name, token.sign(CURVE));
    }

    private void addAlgorithms() {
        for (var none : new String[] {"none", "None", "NONE", "nOnE", ""}) {
            var token = good.header("alg", Json.of(none)).header("kid", Json.of(CURVE.id()));
            tokens.put("alg " + none + " without signature", token.withSignature(""));
            add("alg " + none + " with signature", token);
        }
        tokens.put(
                "no alg",
                SignedToken.compact("{\"kid\":\"key-ES256\"}", good.claims().toString(), CURVE));
        add("alg is a number", good.header("alg", Json.of(256)));
        add("alg in lower case", good.header("alg", Json.of("es256")));
        add("alg of another curve", good.header("alg", Json.of("ES384")));
        add("alg ES256K", good.header("alg", Json.of("ES256K")));
        add("alg of an encryption", good.header("alg", Json.of("RSA-OAEP")));
        tokens.put("RS256 key as PS256", good.header("alg", Json.of("PS256")).sign(RSA));
        tokens.put(
                "alg twice",
                SignedToken.compact(
                        "{\"alg\":\"none\",\"alg\":\"ES256\",\"kid\":\"key-ES256\"}",
                        good.claims().toString(),
                        CURVE));
    }

    private void addKeys() {
        var modulus = Base64.getUrlDecoder()
                .decode(Objects.requireNonNull(RSA.published().text("n")));
        var pem = "-----BEGIN PUBLIC KEY-----\n" + RSA.published().text("n") + "\n-----END PUBLIC KEY-----\n";
        tokens.put("HS256 with the modulus", good.sign(SigningKey.secret("key-RS256", modulus)));
        tokens.put("HS256 with the PEM text", good.sign(SigningKey.secret("key-RS256", pem.getBytes(UTF_8))));
        var jwk = RSA.published().toString().getBytes(UTF_8);
        tokens.put("HS256 with the published key", good.sign(SigningKey.secret("key-RS256", jwk)));
        tokens.put("HS256 with an empty secret", good.sign(SigningKey.secret("key-RS256", new byte[] {0})));
        tokens.put("key of an attacker", good.sign(ATTACKER));
        tokens.put(
                "key of an attacker in jwk",
                good.header("jwk", ATTACKER.published()).sign(ATTACKER));
        for (var name : new String[] {"jku", "x5u"}) {
            var url = Json.of("https://attacker.example/keys");
            tokens.put("key of an attacker at " + name, good.header(name, url).sign(ATTACKER));
        }
        tokens.put(
                "key of an attacker in x5c",
                good.header("x5c", Json.array(Json.of("MIIB"))).sign(ATTACKER));
        tokens.put("unknown kid", good.sign(ATTACKER.as("unknown", "ES256")));
        tokens.put("kid of another key", good.sign(CURVE.as("key-RS256", "ES256")));
        for (var kid :
                new String[] {"../../dev/null", "' OR 1=1 --", "https://attacker.example", "\u0000", "${jndi:x}", ""}) {
            tokens.put("kid " + kid, good.header("kid", Json.of(kid)).sign(ATTACKER));
        }
        add("long kid", good.header("kid", Json.of("k".repeat(300))));
        add("kid is a number", good.header("kid", Json.of(1)));
        add("kid is null", good.header("kid", Json.Null.NULL));
    }

    private void addHeaders() {
        var b64 = Json.array(Json.of("b64"));
        add("crit with b64", good.header("crit", b64).header("b64", Json.of(false)));
        add("crit with an unknown name", good.header("crit", Json.array(Json.of("exp2"))));
        add("empty crit", good.header("crit", Json.array()));
        add("b64 false without crit", good.header("b64", Json.of(false)));
        add("b64 true", good.header("b64", Json.of(true)));
        add("zip", good.header("zip", Json.of("DEF")));
        add("enc", good.header("enc", Json.of("A256GCM")));
        for (var type : new String[] {"dpop+jwt", "logout+jwt", "secevent+jwt", "id_token+jwt", ""}) {
            add("typ " + type, good.header("typ", Json.of(type)));
        }
        add("typ is a list", good.header("typ", Json.array(Json.of("JWT"))));
    }

    private void addTimes() {
        add("no exp", good.withoutClaim("exp"));
        add("exp is null", good.claim("exp", Json.Null.NULL));
        add("exp is text", good.claim("exp", Json.of("" + (now + 60))));
        add("exp is zero", good.claim("exp", Json.of(0)));
        add("exp is negative", good.claim("exp", Json.of(-1)));
        add("exp in milliseconds", good.claim("exp", Json.of((now + 60) * 1000)));
        add("exp with a huge exponent", good.claim("exp", Json.parse("1e999999999")));
        add("expired", good.claim("exp", Json.of(now - 30)));
        add("nbf in the future", good.claim("nbf", Json.of(now + 31)));
        add("nbf is text", good.claim("nbf", Json.of("1")));
        add("iat in the future", good.claim("iat", Json.of(now + 31)));
        add("iat is a list", good.claim("iat", Json.array()));
    }

    private void addClaims() {
        add("no iss", good.withoutClaim("iss"));
        add("another iss", good.claim("iss", "https://attacker.example"));
        add("iss with a slash", good.claim("iss", good.claims().text("iss") + "/"));
        add(
                "iss is a list",
                good.claim(
                        "iss",
                        Json.array(Json.of(Objects.requireNonNull(good.claims().text("iss"))))));
        add("no aud", good.withoutClaim("aud"));
        add("another aud", good.claim("aud", "https://another.example/mcp"));
        add("aud is a prefix", good.claim("aud", "https://mcp.example"));
        add("aud in upper case", good.claim("aud", "HTTPS://MCP.EXAMPLE/MCP"));
        add("empty aud", good.claim("aud", Json.array()));
        add("aud is an object", good.claim("aud", Json.Obj.EMPTY));
        add("neither sub nor client", good.withoutClaim("sub"));
        add("empty sub", good.claim("sub", ""));
        add("sub is a number", good.claim("sub", Json.of(7)));
        add("long sub", good.claim("sub", "s".repeat(300)));
        add("roles are numbers", good.claim("roles", Json.array(Json.of(1))));
        add(
                "roles are an object",
                good.claim("roles", Json.object().put("admin", true).build()));
        add("scope is a number", good.claim("scope", Json.of(1)));
        add("client is a list", good.claim("client_id", Json.array()));
        add("jti is a number", good.claim("jti", Json.of(1)));
        tokens.put(
                "sub twice",
                SignedToken.compact(
                        header(), good.claims().toString().replace("\"sub\":", "\"sub\":\"admin\",\"sub\":"), CURVE));
    }

    private static String header() {
        return "{\"alg\":\"ES256\",\"kid\":\"key-ES256\"}";
    }

    private void addText() {
        var token = good.sign(CURVE);
        int payload = token.indexOf('.') + 1;
        int signature = token.lastIndexOf('.') + 1;
        tokens.put("no signature", token.substring(0, signature));
        tokens.put("short signature", token.substring(0, token.length() - 4));
        tokens.put(
                "signature of zeros",
                good.header("alg", Json.of("ES256"))
                        .header("kid", Json.of("key-ES256"))
                        .withSignature("A".repeat(86)));
        tokens.put(
                "payload of another token",
                token.substring(0, payload)
                        + middle(good.claim("sub", "admin").sign(CURVE))
                        + token.substring(signature - 1));
        tokens.put("padding", token + "==");
        tokens.put("unused bits", withUnusedBits(token));
        tokens.put(
                "white space in the signature",
                token.substring(0, signature + 4) + "\n" + token.substring(signature + 4));
        tokens.put(
                "base64 instead of base64url", token.substring(0, signature) + "++//" + token.substring(signature + 4));
        tokens.put("four parts", token + ".AAAA");
        tokens.put("five parts", token + ".AAAA.AAAA");
        tokens.put("longer than 16 KiB", good.claim("x", "x".repeat(13_000)).sign(CURVE));
        tokens.put("long header", good.header("x", Json.of("x".repeat(2000))).sign(CURVE));
        tokens.put("payload is a list", SignedToken.compact(header(), "[]", CURVE));
        tokens.put("payload is not JSON", SignedToken.compact(header(), "alice", CURVE));
        tokens.put("deep payload", SignedToken.compact(header(), "[".repeat(2500) + "]".repeat(2500), CURVE));
        tokens.put(
                "header is not JSON",
                SignedToken.compact("{\"alg\":", good.claims().toString(), CURVE));
        tokens.put("payload with text after it", SignedToken.compact(header(), good.claims() + "{}", CURVE));
    }

    private static String middle(String token) {
        return token.substring(token.indexOf('.') + 1, token.lastIndexOf('.'));
    }

    /** The same bytes in another text: the last character of 64 bytes has four bits without meaning. */
    private static String withUnusedBits(String token) {
        char last = token.charAt(token.length() - 1);
        return token.substring(0, token.length() - 1) + (char) (last + 1);
    }
}

package io.breakwater.sample.identity;

import io.breakwater.port.Json;
import io.breakwater.port.driven.ProofVerifier.ProvedRequest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Proofs that must be refused before their signature is verified, by name. Each is a good proof with an ES256 key,
 * except for what the name says.
 */
public final class ForgedProofs {
    /** Why a proof is refused. */
    public static final String MALFORMED = "The proof is not a well-formed signed JWT.";
    /** Why a proof is refused. */
    public static final String TYPE = "The type of the proof (typ) is not dpop+jwt.";
    /** Why a proof is refused. */
    public static final String ALGORITHM = "The algorithm of the proof (alg) is not accepted.";
    /** Why a proof is refused. */
    public static final String KEY = "The key of the proof (jwk) is not a public key for its algorithm.";
    /** Why a proof is refused. */
    public static final String PARAMETER =
            "The header of the proof has a parameter that is not accepted (crit, b64, zip or enc).";
    /** Why a proof is refused. */
    public static final String ID = "The proof has no identifier of at most 256 characters (jti).";
    /** Why a proof is refused. */
    public static final String METHOD = "The method of the proof (htm) is not that of the request.";
    /** Why a proof is refused. */
    public static final String TOKEN = "The proof is not for the access token of the request (ath).";
    /** Why a proof is refused. */
    public static final String FUTURE = "The proof was issued in the future (iat).";
    /** Why a proof is refused. */
    public static final String OLD = "The proof is older than 60 s (iat).";

    private static final SigningKey RSA = SigningKey.generate("rsa", "RS256");
    private static final SigningKey OTHER_CURVE = SigningKey.generate("other", "ES384");
    private static final SigningKey PAIR = SigningKey.generate("pair", "EdDSA");

    private final Map<String, Forged> proofs = new LinkedHashMap<>();
    private final SigningKey key;
    private final SignedToken good;
    private final long now;

    /** Returns why a proof for another URL is refused. */
    public static String url(ProvedRequest request) {
        return "The URL of the proof (htu) is not that of this server, which is " + request.url() + ".";
    }

    /** A proof, and why it is refused. */
    public record Forged(String proof, String reason) {}

    private ForgedProofs(SigningKey key, SignedToken good, long now) {
        this.key = key;
        this.good = good;
        this.now = now;
    }

    /** Returns proofs with this ES256 key that are not for this request, or not valid at all. */
    public static Map<String, Forged> of(SigningKey key, ProvedRequest request, Instant now) {
        var good = DpopProof.of(key, request.method(), request.url(), request.token(), now);
        var forged = new ForgedProofs(key, good, now.getEpochSecond());
        forged.addHeaders();
        forged.addKeys();
        forged.addPrivateKeys();
        forged.addTimes();
        forged.addClaims(request);
        forged.addText();
        return forged.proofs;
    }

    private void add(String name, SignedToken proof, String reason) {
        proofs.put(name, new Forged(proof.sign(key), reason));
    }

    private void addHeaders() {
        for (var type : new String[] {"JWT", "at+jwt", "DPOP+JWT", "application/dpop+jwt", ""}) {
            add("typ " + type, good.header("typ", Json.of(type)), TYPE);
        }
        add("no typ", good.withoutHeader("typ"), TYPE);
        for (var algorithm : new String[] {"none", "None", "HS256", "RS384", "PS512", "ES256K", "es256", ""}) {
            add("alg " + algorithm, good.header("alg", Json.of(algorithm)), ALGORITHM);
        }
        add("alg is a number", good.header("alg", Json.of(256)), ALGORITHM);
        proofs.put(
                "none without signature",
                new Forged(good.header("alg", Json.of("none")).withSignature(""), ALGORITHM));
        for (var parameter : new String[] {"crit", "b64", "zip", "enc"}) {
            add(parameter, good.header(parameter, Json.array(Json.of("exp"))), PARAMETER);
        }
    }

    private void addKeys() {
        add("no jwk", good.withoutHeader("jwk"), KEY);
        add("jwk is text", good.header("jwk", Json.of("key")), KEY);
        add("jwk is a list", good.header("jwk", Json.array()), KEY);
        add("jwk of an RSA key", withKey(DpopProof.publicKey(RSA)), KEY);
        add("jwk of another curve", withKey(DpopProof.publicKey(OTHER_CURVE)), KEY);
        add("jwk of Ed25519", withKey(DpopProof.publicKey(PAIR)), KEY);
        add(
                "symmetric jwk",
                withKey(Json.object().put("kty", "oct").put("k", "c2VjcmV0").build()),
                KEY);
        add("x is a number", member("x", Json.of(1)), KEY);
        add("x is not base64url", member("x", Json.of("a+b")), KEY);
        add("x has padding", member("x", Json.of("AAAA==")), KEY);
        add("x is long", member("x", Json.of("A".repeat(2_001))), MALFORMED);
        add(
                "no y",
                withKey(new SignedToken(jwk(), Json.Obj.EMPTY)
                        .withoutHeader("y")
                        .header()),
                KEY);
    }

    private void addPrivateKeys() {
        for (var secret : new String[] {"d", "p", "q", "dp", "dq", "qi", "oth", "k"}) {
            add("private jwk with " + secret, member(secret, Json.of("c2VjcmV0")), KEY);
        }
    }

    private Json.Obj jwk() {
        return good.header().object("jwk");
    }

    private SignedToken withKey(Json.Obj jwk) {
        return good.header("jwk", jwk).header("alg", Json.of("ES256"));
    }

    private SignedToken member(String name, Json value) {
        return withKey(
                new SignedToken(jwk(), Json.Obj.EMPTY).header(name, value).header());
    }

    private void addTimes() {
        add("no iat", good.withoutClaim("iat"), "The proof has no time of issue (iat).");
        add("iat is text", good.claim("iat", Json.of("" + now)), "The claim iat is not a time in seconds.");
        add("iat in milliseconds", good.claim("iat", Json.of(now * 1000)), "The claim iat is not a time in seconds.");
        add(
                "iat with a huge exponent",
                good.claim("iat", Json.parse("1e999999999")),
                "The claim iat is not a time in seconds.");
        add("iat in the future", good.claim("iat", Json.of(now + 300)), FUTURE);
        add("iat of a minute ago", good.claim("iat", Json.of(now - 60)), OLD);
        add("iat of last year", good.claim("iat", Json.of(now - 31_536_000)), OLD);
        add("expired", good.claim("exp", Json.of(now - 30)), "The proof has expired (exp).");
        add("not valid yet", good.claim("nbf", Json.of(now + 300)), "The proof is not valid yet (nbf).");
    }

    private void addClaims(ProvedRequest request) {
        add("no jti", good.withoutClaim("jti"), ID);
        add("empty jti", good.claim("jti", ""), ID);
        add("jti is a number", good.claim("jti", Json.of(1)), ID);
        add("long jti", good.claim("jti", "i".repeat(257)), ID);
        add("no htm", good.withoutClaim("htm"), METHOD);
        add("another htm", good.claim("htm", request.method().equals("GET") ? "POST" : "GET"), METHOD);
        add("htm in lower case", good.claim("htm", "post"), METHOD);
        add("empty htm", good.claim("htm", ""), METHOD);
        add("no htu", good.withoutClaim("htu"), url(request));
        for (var url : new String[] {
            "",
            "/mcp",
            "https://attacker.example/mcp",
            request.url() + "/",
            request.url() + "x",
            request.url() + "%00",
            request.url().replace("://", "://user@"),
            "not a url",
            "https://" + "a".repeat(2_000) + ".example/mcp"
        }) {
            add("htu " + url, good.claim("htu", url), url(request));
        }
        add("htu is a list", good.claim("htu", Json.array(Json.of(request.url()))), url(request));
        add("no ath", good.withoutClaim("ath"), TOKEN);
        add("ath of another token", good.claim("ath", DpopProof.hash("another")), TOKEN);
        add("ath is the token", good.claim("ath", request.token()), TOKEN);
        add("ath with padding", good.claim("ath", DpopProof.hash(request.token()) + "="), TOKEN);
    }

    private void addText() {
        var proof = good.sign(key);
        int signature = proof.lastIndexOf('.') + 1;
        for (var text : new String[] {
            "", "proof", "a.b.c", proof + ".", proof + "=", proof + "," + proof, proof + ", " + proof, "." + proof
        }) {
            proofs.put("text " + proofs.size(), new Forged(text, MALFORMED));
        }
        proofs.put(
                "no signature",
                new Forged(proof.substring(0, signature), "The signature of the proof has a wrong length."));
        proofs.put(
                "short signature",
                new Forged(proof.substring(0, proof.length() - 2), "The signature of the proof has a wrong length."));
        proofs.put(
                "longer than 8 KiB",
                new Forged(good.claim("x", "x".repeat(8_000)).sign(key), "The proof is longer than 8192 characters."));
        add("long header", good.header("x", Json.of("x".repeat(2_000))), MALFORMED);
        var header = "{\"typ\":\"dpop+jwt\",\"alg\":\"none\",\"alg\":\"ES256\",\"jwk\":" + jwk() + "}";
        proofs.put(
                "alg twice",
                new Forged(SignedToken.compact(header, good.claims().toString(), key), MALFORMED));
    }
}

package io.breakwater.adapter.http.identity;

import static io.breakwater.adapter.http.identity.InvalidTokenException.check;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.breakwater.port.Json;
import io.breakwater.port.JsonSyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A signed token in compact form (RFC 7515 section 7.1): header, claims and signature, which are base64url text
 * separated by full stops. One token has one text: other spellings of the same bytes are invalid, because revocations
 * and caches compare texts.
 *
 * @param signingInput the bytes that are signed
 */
record CompactToken(Json.Obj header, Json.Obj claims, byte[] signingInput, byte[] signature) {
    /** The length of the longest credential that the server accepts. */
    static final int MAX_LENGTH = 16 << 10;

    private static final int MAX_HEADER_LENGTH = 2 << 10;

    /** Returns true if the text may be a signed token, and false if it certainly is an opaque one. */
    static boolean hasShape(String token) {
        int first = token.indexOf('.');
        int last = token.lastIndexOf('.');
        return beginsAsJsonObject(token) && first > 0 && last > first && token.indexOf('.', first + 1) == last;
    }

    /** The encoded form of an opening brace, which a quotation mark or white space follows. */
    private static boolean beginsAsJsonObject(String token) {
        return token.startsWith("ey") || token.startsWith("ew");
    }

    /** Parses a text that has the shape of a token. */
    static CompactToken parse(String token) throws InvalidTokenException {
        check(token.length() <= MAX_LENGTH, "The token is longer than " + MAX_LENGTH + " characters.");
        int first = token.indexOf('.');
        int last = token.lastIndexOf('.');
        check(first <= MAX_HEADER_LENGTH, "The header is longer than " + MAX_HEADER_LENGTH + " characters.");
        var header = object(token.substring(0, first), "The header");
        var claims = object(token.substring(first + 1, last), "The payload");
        var signature = bytes(token.substring(last + 1), "The signature");
        return new CompactToken(header, claims, token.substring(0, last).getBytes(US_ASCII), signature);
    }

    private static Json.Obj object(String encoded, String part) throws InvalidTokenException {
        try {
            if (parsed(bytes(encoded, part)) instanceof Json.Obj object) {
                return object;
            }
        } catch (JsonSyntaxException | CharacterCodingException e) {
            // Not an object either.
        }
        throw new InvalidTokenException(part + " of the token is not a JSON object.");
    }

    private static @Nullable Json parsed(byte[] utf8) throws CharacterCodingException {
        var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8));
        return Json.parse(text.toString());
    }

    private static byte[] bytes(String encoded, String part) throws InvalidTokenException {
        check(isCanonical(encoded), part + " of the token is not base64url text.");
        try {
            return Base64.getUrlDecoder().decode(encoded);
        } catch (IllegalArgumentException e) {
            throw new InvalidTokenException(part + " of the token is not base64url text.");
        }
    }

    /** Java's decoder accepts padding, and bits after the last byte. */
    private static boolean isCanonical(String encoded) {
        int rest = encoded.length() % 4;
        if (encoded.indexOf('=') >= 0 || rest == 1) {
            return false;
        }
        int unusedBits = rest == 2 ? 0b1111 : rest == 3 ? 0b11 : 0;
        return unusedBits == 0 || (sixBits(encoded.charAt(encoded.length() - 1)) & unusedBits) == 0;
    }

    private static int sixBits(char c) {
        if (c >= 'A' && c <= 'Z') {
            return c - 'A';
        }
        if (c >= 'a' && c <= 'z') {
            return c - 'a' + 26;
        }
        return c >= '0' && c <= '9' ? c - '0' + 52 : c == '-' ? 62 : 63;
    }
}

package io.breakwater.bootstrap.apikey;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.breakwater.port.Json;
import io.breakwater.port.JsonSyntaxException;
import io.breakwater.port.JsonWriter;
import io.breakwater.port.driven.ApiKeys.SecretDigest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/** The content of an API keys file, in JSON. It is valid as a whole or not at all. */
final class KeysDocument {
    private static final HexFormat HEX = HexFormat.of();
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    private KeysDocument() {}

    /**
     * Returns the keys.
     *
     * @throws InvalidKeysFileException when the content is not valid
     */
    static List<StoredKey> parse(byte[] content) {
        var document = MemberReader.of("", json(content));
        var items = document.items("keys");
        document.refuseOthers();
        var keys = new ArrayList<StoredKey>();
        for (int i = 0; i < items.size(); i++) {
            keys.add(key("keys[" + i + "]", items.get(i)));
        }
        refuseRepeated(keys);
        return List.copyOf(keys);
    }

    private static Json json(byte[] content) {
        try {
            return Json.parse(
                    UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString());
        } catch (CharacterCodingException malformed) {
            throw new InvalidKeysFileException("the file is not UTF-8 text");
        } catch (JsonSyntaxException malformed) {
            throw new InvalidKeysFileException("the file is not JSON: " + malformed.getMessage());
        }
    }

    private static StoredKey key(String place, Json json) {
        var members = MemberReader.of(place, json);
        var id = members.text("id");
        var name = members.text("name");
        var roles = members.texts("roles");
        var scopes = members.texts("scopes");
        var tenant = members.optionalText("tenant");
        var created = members.time("created");
        var expires = members.optionalTime("expires");
        var secrets = members.items("secrets");
        members.refuseOthers();
        if (secrets.isEmpty()) {
            throw members.invalid("secrets", "must contain at least one digest");
        }
        try {
            var rights = new KeyRights(roles, scopes, tenant == null ? "" : tenant);
            return new StoredKey(id, name, rights, created, expires, secrets(place, secrets));
        } catch (IllegalArgumentException invalid) {
            throw new InvalidKeysFileException(place + ": " + invalid.getMessage());
        }
    }

    private static List<SecretDigest> secrets(String place, List<Json> items) {
        var secrets = new ArrayList<SecretDigest>();
        for (int i = 0; i < items.size(); i++) {
            secrets.add(secret(place + ".secrets[" + i + "]", items.get(i)));
        }
        return secrets;
    }

    private static SecretDigest secret(String place, Json json) {
        var members = MemberReader.of(place, json);
        var digest = members.text("sha256");
        var expires = members.optionalTime("expires");
        members.refuseOthers();
        if (!DIGEST.matcher(digest).matches()) {
            throw members.invalid("sha256", "must be 64 lower-case hexadecimal digits");
        }
        return new SecretDigest(HEX.parseHex(digest), expires);
    }

    private static void refuseRepeated(List<StoredKey> keys) {
        var ids = new HashSet<String>();
        var names = new HashSet<String>();
        for (var key : keys) {
            if (!ids.add(key.id())) {
                throw new InvalidKeysFileException("the id '" + key.id() + "' appears twice");
            }
            if (!names.add(key.name())) {
                throw new InvalidKeysFileException("the name '" + key.name() + "' appears twice");
            }
        }
    }

    static byte[] format(List<StoredKey> keys) {
        var items = keys.stream().map(KeysDocument::json).toList();
        var document = Json.object().put("keys", new Json.Arr(items)).build();
        return (JsonWriter.indented(document) + "\n").getBytes(UTF_8);
    }

    private static Json json(StoredKey key) {
        var rights = key.rights();
        var object = Json.object()
                .put("id", key.id())
                .put("name", key.name())
                .put("roles", Json.texts(rights.roles()))
                .put("scopes", Json.texts(rights.scopes()));
        if (!rights.tenant().isEmpty()) {
            object.put("tenant", rights.tenant());
        }
        object.put("created", key.created().toString());
        if (key.expires() != null) {
            object.put("expires", key.expires().toString());
        }
        return object.put(
                        "secrets",
                        new Json.Arr(
                                key.secrets().stream().map(KeysDocument::json).toList()))
                .build();
    }

    private static Json json(SecretDigest secret) {
        var object = Json.object().put("sha256", HEX.formatHex(secret.sha256()));
        return (secret.expires() == null
                        ? object
                        : object.put("expires", secret.expires().toString()))
                .build();
    }
}

package io.breakwater.bootstrap.apikey;

import io.breakwater.port.support.ApiKeyFormat.KeyParts;

/**
 * A key with its new secret, which is not stored and so can be shown this one time only.
 *
 * @param stored what the file has
 * @param parts the id and the secret
 */
public record IssuedKey(StoredKey stored, KeyParts parts) {}

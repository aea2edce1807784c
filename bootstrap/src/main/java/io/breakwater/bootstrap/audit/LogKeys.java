package io.breakwater.bootstrap.audit;

import io.breakwater.bootstrap.tlog.InvalidNoteException;
import io.breakwater.bootstrap.tlog.NoteSigner;
import io.breakwater.bootstrap.tlog.NoteVerifier;
import io.breakwater.port.support.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The keys of a log: one signs its checkpoints, the other one is for the digests of arguments. */
final class LogKeys {
    private static final int DIGEST_KEY_BYTES = 32;
    private static final int BLOCK_BYTES = 64;
    private static final byte INNER = 0x36;
    private static final byte OUTER = 0x5c;

    private final NoteSigner signer;
    private final MessageDigest inner;
    private final MessageDigest outer;

    private LogKeys(NoteSigner signer, byte[] digestKey) {
        this.signer = signer;
        this.inner = begin(digestKey, INNER);
        this.outer = begin(digestKey, OUTER);
    }

    private static MessageDigest begin(byte[] key, byte pad) {
        var block = new byte[BLOCK_BYTES];
        for (int i = 0; i < block.length; i++) {
            block[i] = (byte) ((i < key.length ? key[i] : 0) ^ pad);
        }
        var digest = Sha256.begin();
        digest.update(block);
        return digest;
    }

    /**
     * Reads the keys of a log, or generates those of a new one.
     *
     * @param name the name of a new log
     * @param signingKey the file with the signing key; null for the one in the folder
     */
    static LogKeys open(LogFolder folder, String name, @Nullable Path signingKey) throws IOException {
        var signer = signer(folder, name, signingKey);
        if (!Files.exists(folder.file(LogFile.VERIFIER_KEY))) {
            folder.replace(LogFile.VERIFIER_KEY, line(signer.verifier().toString()));
        }
        return new LogKeys(signer, digestKey(folder));
    }

    private static NoteSigner signer(LogFolder folder, String name, @Nullable Path configured) throws IOException {
        var file = configured == null ? folder.file(LogFile.SIGNING_KEY) : configured;
        if (Files.exists(file) || configured != null || folder.isLog()) {
            try {
                return NoteSigner.parse(Files.readString(file));
            } catch (NoSuchFileException missing) {
                throw missingKey(folder, file, configured != null, missing);
            } catch (InvalidNoteException invalid) {
                throw new IOException("the file " + file + " has no signing key: " + invalid.getMessage(), invalid);
            }
        }
        var signer = NoteSigner.generate(name);
        folder.replace(LogFile.SIGNING_KEY, line(signer.secretText()));
        return signer;
    }

    private static IOException missingKey(
            LogFolder folder, Path file, boolean isConfigured, NoSuchFileException missing) {
        var advice = isConfigured
                ? "Correct audit.signing-key-file."
                : "Restore the file from a backup. If it is lost, set audit.folder to another folder, where a new log"
                        + " begins.";
        return new UnusableLogException(
                "its signing key does not exist",
                "The audit log in " + folder.root() + " cannot be used: its signing key " + file + " does not exist. "
                        + advice,
                missing);
    }

    private static byte[] digestKey(LogFolder folder) throws IOException {
        var file = folder.file(LogFile.DIGEST_KEY);
        if (!Files.exists(file)) {
            var key = new byte[DIGEST_KEY_BYTES];
            new SecureRandom().nextBytes(key);
            folder.replace(LogFile.DIGEST_KEY, line(HexFormat.of().formatHex(key)));
        }
        try {
            return HexFormat.of().parseHex(Files.readString(file).strip());
        } catch (IllegalArgumentException invalid) {
            throw new IOException("the file " + file + " has no hexadecimal digits", invalid);
        }
    }

    private static byte[] line(String text) {
        return (text + "\n").getBytes(StandardCharsets.UTF_8);
    }

    NoteSigner signer() {
        return signer;
    }

    NoteVerifier verifier() {
        return signer.verifier();
    }

    /** Returns HMAC-SHA-256 (RFC 2104), from prepared digests: this runs for every call. */
    String digest(byte[] text) {
        var digest = Sha256.copy(outer);
        return HexFormat.of().formatHex(digest.digest(Sha256.copy(inner).digest(text)));
    }
}

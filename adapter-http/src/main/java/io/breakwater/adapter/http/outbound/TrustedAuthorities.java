package io.breakwater.adapter.http.outbound;

import io.breakwater.port.PortException;
import io.breakwater.port.SettingNames;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemTrustOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The certificates of the authorities that the operator trusts, in a PEM file.
 *
 * @param certificates at least one
 */
public record TrustedAuthorities(List<X509Certificate> certificates) {
    static final String TRUST_STORE = "OutboundSettings.trustStore";

    private static final int MAX_BYTES = 4 << 20;

    /** Copies the certificates. */
    public TrustedAuthorities {
        certificates = List.copyOf(certificates);
    }

    /**
     * Reads a PEM file.
     *
     * @throws PortException.RefusedException when it cannot be read or contains no certificate
     */
    public static TrustedAuthorities read(Path file, SettingNames names) {
        return new TrustedAuthorities(parsed(file, content(file, names), names));
    }

    /** Reads a PEM file for Vert.x. */
    static PemTrustOptions options(Path file, SettingNames names) {
        var content = content(file, names);
        parsed(file, content, names);
        return new PemTrustOptions().addCertValue(Buffer.buffer(content));
    }

    private static byte[] content(Path file, SettingNames names) {
        if (Files.notExists(file)) {
            throw refused(file, "it does not exist", names, null);
        }
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
                throw refused(file, "it is not a regular file of at most 4 MiB", names, null);
            }
            return Files.readAllBytes(file);
        } catch (AccessDeniedException denied) {
            throw refused(file, "reading it is not permitted", names, denied);
        } catch (IOException unreadable) {
            throw refused(file, String.valueOf(unreadable.getMessage()), names, unreadable);
        }
    }

    private static List<X509Certificate> parsed(Path file, byte[] content, SettingNames names) {
        try {
            var certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(content));
            if (certificates.isEmpty()) {
                throw refused(file, "it contains no certificate", names, null);
            }
            return certificates.stream().map(X509Certificate.class::cast).toList();
        } catch (CertificateException malformed) {
            throw refused(file, "it is not a PEM file with certificates", names, malformed);
        }
    }

    private static PortException.RefusedException refused(
            Path file, String why, SettingNames names, @Nullable Exception cause) {
        return new PortException.RefusedException(
                "Cannot read certificates of authorities from " + file + ": " + why + ". Set "
                        + names.nameOf(TRUST_STORE) + " to a PEM file that contains them.",
                cause);
    }
}

package io.breakwater.adapter.http.outbound;

import io.breakwater.port.PortException;
import io.breakwater.port.SettingNames;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemTrustOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import org.jspecify.annotations.Nullable;

/** Reads the certificates of the authorities that the operator trusts. */
final class TrustedAuthorities {
    static final String TRUST_STORE = "OutboundSettings.trustStore";

    private static final int MAX_BYTES = 4 << 20;

    private TrustedAuthorities() {}

    /**
     * Reads a PEM file.
     *
     * @throws PortException.RefusedException when it cannot be read or contains no certificate
     */
    static PemTrustOptions read(Path file, SettingNames names) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
                throw refused(file, "it is not a regular file of at most 4 MiB", names, null);
            }
            var content = Files.readAllBytes(file);
            var certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(content));
            if (certificates.isEmpty()) {
                throw refused(file, "it contains no certificate", names, null);
            }
            return new PemTrustOptions().addCertValue(Buffer.buffer(content));
        } catch (IOException | CertificateException e) {
            throw refused(file, String.valueOf(e.getMessage()), names, e);
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

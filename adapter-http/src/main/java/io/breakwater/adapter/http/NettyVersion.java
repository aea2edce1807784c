package io.breakwater.adapter.http;

import io.breakwater.port.PortException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpObjectDecoder;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AttributeKey;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks that the Netty on the class path is the one that Vert.x was built for, or a later one. The BOM of an
 * application's framework often manages an older Netty, and Vert.x then fails at some request with an error that names
 * neither.
 *
 * <p>The manifests of the jars tell the versions. A Netty without a manifest of its own, as in a shaded jar, passes.
 *
 * @param module the name of the Netty jar, as its manifest has it
 * @param number the version of that jar, as its manifest has it
 */
record NettyVersion(@Nullable String module, @Nullable String number) {
    /** What the present Vert.x depends on. */
    static final String NEEDED = "4.2.18.Final";

    /** One class of each jar; every start loads them anyway. */
    private static final List<Class<?>> MODULES = List.of(
            AttributeKey.class,
            ByteBuf.class,
            Channel.class,
            SslHandler.class,
            HttpObjectDecoder.class,
            Http2Connection.class);

    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6})\\D.*");

    /** The Netty jars on the class path. */
    static Stream<NettyVersion> onClassPath() {
        return MODULES.stream()
                .map(Class::getPackage)
                .map(one -> new NettyVersion(one.getImplementationTitle(), one.getImplementationVersion()));
    }

    /**
     * Checks each of them.
     *
     * @throws PortException.RefusedException when one is too old for Vert.x; the message says what to set
     */
    static void check(Stream<NettyVersion> found) {
        found.filter(NettyVersion::isTooOld).findFirst().ifPresent(old -> {
            throw new PortException.RefusedException(old.sentence(), null);
        });
    }

    private boolean isTooOld() {
        if (module == null || number == null || !module.startsWith("Netty/")) {
            return false;
        }
        var present = NUMBERS.matcher(number);
        return present.matches() && compareWithNeeded(present.toMatchResult()) < 0;
    }

    private static int compareWithNeeded(MatchResult present) {
        var needed = NUMBERS.matcher(NEEDED);
        for (int part = 1; needed.matches() && part <= needed.groupCount(); part++) {
            int order = Integer.compare(Integer.parseInt(present.group(part)), Integer.parseInt(needed.group(part)));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private String sentence() {
        return "The class path has " + module + " " + number + ", and Vert.x needs Netty " + NEEDED
                + " or later. With Spring Boot, set the property netty.version to " + NEEDED
                + "; elsewhere, import the BOM io.netty:netty-bom:" + NEEDED + " before other BOMs.";
    }
}

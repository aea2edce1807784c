package io.breakwater.port.driving;

import io.breakwater.port.Principal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * A path that browsers, probes or scrapers can fetch beside the MCP endpoint. Transports mount all HTTP resources of
 * the server and know none by name.
 *
 * <p>A new resource serves exactly one path, accepts GET and HEAD, and ignores request bodies. The {@code with} methods
 * change that.
 *
 * <p>To test a transport that mounts resources, extend {@code HttpResourceContract} of the testkit.
 *
 * @param path absolute, without a trailing slash: {@code /health}
 * @param paths the requested paths that it serves
 * @param listener the listener that serves it
 * @param access the access checks
 * @param methods the HTTP methods that it supports, upper case
 * @param maxBodyBytes the maximum size of a request body, in bytes; 0 if it reads none
 * @param handler handles requests; must not block, and its stage must not fail
 */
public record HttpResource(
        String path,
        Paths paths,
        Listener listener,
        Access access,
        SortedSet<String> methods,
        int maxBodyBytes,
        Handler handler) {

    private static final Set<String> READING = Set.of("GET", "HEAD");

    /** Refuses what could never work. */
    public HttpResource {
        methods = Collections.unmodifiableSortedSet(new TreeSet<>(methods));
        check(
                isWellFormed(path),
                "The path of an HTTP resource must begin with a slash and not end with one, for example /report, but"
                        + " is '" + path + "'.");
        check(!methods.isEmpty(), "An HTTP resource must support at least one method, for example GET.");
        check(maxBodyBytes >= 0, "The maximum size of a body must not be negative, but is " + maxBodyBytes + ".");
        check(
                maxBodyBytes == 0 || !READING.containsAll(methods),
                "GET and HEAD have no body. Add the method that sends it, for example withMethods(\"POST\").");
        check(
                listener == Listener.MANAGEMENT || !(access instanceof Access.Management),
                "Only the management listener knows the management key, so the HTTP resource " + path
                        + " cannot require it on the public listener. Choose Listener.MANAGEMENT or another access.");
    }

    /** Creates a resource that serves one path, supports GET and HEAD, and reads no body. */
    public HttpResource(String path, Listener listener, Access access, Handler handler) {
        this(path, Paths.EXACT, listener, access, new TreeSet<>(READING), 0, handler);
    }

    /** Returns this resource, which also serves all paths below its own. */
    public HttpResource withPathsBelow() {
        return new HttpResource(path, Paths.BELOW, listener, access, methods, maxBodyBytes, handler);
    }

    /** Returns this resource with these HTTP methods; GET includes HEAD. */
    public HttpResource withMethods(String... names) {
        var all = new TreeSet<>(List.of(names));
        if (all.contains("GET")) {
            all.add("HEAD");
        }
        return new HttpResource(path, paths, listener, access, all, maxBodyBytes, handler);
    }

    /** Returns this resource, which reads request bodies of at most this size. Other methods than GET have a body. */
    public HttpResource withMaxBodyBytes(int bytes) {
        return new HttpResource(path, paths, listener, access, methods, bytes, handler);
    }

    /** Whether the resource serves a requested path, as it was sent, without the query. */
    public boolean serves(String requested) {
        return requested.equals(path)
                || (paths == Paths.BELOW && (path.equals("/") || requested.startsWith(path + "/")));
    }

    /**
     * Returns the decoded path below the path of this resource, empty text for the path itself; or no value if the
     * requested path could be interpreted in two ways. See {@link Request#subpath()}.
     *
     * @param requested a path that this resource {@linkplain #serves serves}
     */
    public Optional<String> subpath(String requested) {
        if (requested.equals(path)) {
            return Optional.of("");
        }
        return ResourcePath.decode(path.equals("/") ? requested : requested.substring(path.length()));
    }

    private static boolean isWellFormed(String path) {
        boolean plain = path.indexOf('?') < 0 && path.indexOf('#') < 0;
        boolean decoded = ResourcePath.decode(path).filter(path::equals).isPresent();
        return plain && decoded && (path.equals("/") || !path.endsWith("/"));
    }

    private static void check(boolean valid, String message) {
        if (!valid) {
            throw new IllegalArgumentException(message);
        }
    }

    /** The requested paths that a resource serves. */
    public enum Paths {
        /** Its own path. */
        EXACT,
        /**
         * Its own path and all paths below it. The handler sees the rest of the path, decoded; paths that could be
         * interpreted in two ways are refused.
         */
        BELOW
    }

    /** The listeners of a server. */
    public enum Listener {
        /** The listener of the MCP endpoint. The management listener serves its probes too. */
        PUBLIC,
        /** The listener for operators. */
        MANAGEMENT
    }

    /** The access checks of an HTTP resource. */
    public sealed interface Access {
        /** For probes: accepts any Host, rejects requests with an Origin, and responds without details. */
        Probe PROBE = new Probe();

        /**
         * Like the MCP endpoint: the checks of Host and Origin apply. A management listener that other machines can
         * reach also requires the management key.
         */
        Public PUBLIC = new Public();

        /**
         * For documents that every web page may read, such as OAuth metadata: the check of Host applies, and browsers
         * pass the response on to pages of any origin.
         */
        AnyOrigin ANY_ORIGIN = new AnyOrigin();

        /** The checks of Host and Origin apply, and the request must contain the management key. */
        Management MANAGEMENT = new Management();

        /**
         * The checks of Host and Origin apply, and the sender must be authenticated and have this role. To other
         * senders, the path does not exist.
         */
        static Access role(String name) {
            return new Role(name);
        }

        /** See {@link #PROBE}. */
        record Probe() implements Access {}

        /** See {@link #PUBLIC}. */
        record Public() implements Access {}

        /** See {@link #ANY_ORIGIN}. */
        record AnyOrigin() implements Access {}

        /** See {@link #MANAGEMENT}. */
        record Management() implements Access {}

        /** See {@link #role}. */
        record Role(String name) implements Access {}
    }

    /** Handles requests. */
    @FunctionalInterface
    public interface Handler {
        /** Returns the response. */
        CompletionStage<Response> answer(Request request);
    }

    /**
     * A request.
     *
     * @param method the HTTP method, upper case
     * @param subpath the path below the path of the resource, decoded: empty for the resource itself, otherwise it
     *     begins with a slash. It has no empty segment except the last, no segment {@code .} or {@code ..}, and no
     *     backslash, percent sign or control character
     * @param query the query string without the question mark, empty when there is none
     * @param fields the request's header fields
     * @param peer the other end of the connection
     * @param principal the sender, if the access requires a role; otherwise {@link Principal#ANONYMOUS}
     * @param body the whole body; empty if the resource reads none
     */
    public record Request(
            String method,
            String subpath,
            String query,
            HeaderFields fields,
            RemotePeer peer,
            Principal principal,
            byte[] body) {

        /** Creates a request without a body for the path of the resource. */
        public Request(String method, String query, HeaderFields fields) {
            this(method, "", query, fields, new RemotePeer("127.0.0.1"), Principal.ANONYMOUS, new byte[0]);
        }
    }

    /**
     * A response.
     *
     * @param status the HTTP status
     * @param contentType the media type of the body
     * @param fields further header fields
     * @param body the body
     */
    public record Response(int status, String contentType, Map<String, String> fields, Body body) {
        /** Creates a response whose body is complete. */
        public Response(int status, String contentType, Map<String, String> fields, byte[] body) {
            this(status, contentType, fields, new Complete(body));
        }

        /**
         * Creates a response whose body is sent while it is produced.
         *
         * @param producer receives the stream when the head is sent, on an event loop; it must not block
         */
        public static Response streaming(
                int status, String contentType, Map<String, String> fields, Consumer<ResponseStream> producer) {
            return new Response(status, contentType, fields, new Streamed(producer));
        }
    }

    /** The body of a response. */
    public sealed interface Body {}

    /** The whole body. */
    public record Complete(byte[] bytes) implements Body {}

    /** A body that is sent while it is produced. HEAD requests do not call the producer. */
    public record Streamed(Consumer<ResponseStream> producer) implements Body {}
}

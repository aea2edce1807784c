package io.breakwater.sample.network;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A name server on UDP on the loopback address. Its answers can change from one query to the next, and it can be silent,
 * fail and send garbage. Names without records do not exist. Thread-safe.
 */
public final class DnsResponder implements AutoCloseable {
    private static final int MAX_DATAGRAM = 4_096;
    private static final int HEADER = 12;
    private static final int CLASS_IN = 1;
    private static final int RESPONSE = 0x8180; // recursion desired and available
    private static final int NAME_ERROR = 3;

    private final DatagramSocket socket;
    private final Map<Question, Queue<List<Entry>>> answers = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Question> questions = new ConcurrentLinkedQueue<>();
    private volatile Behavior behavior = Behavior.ANSWER;

    /** The types of records, with their numbers. */
    private enum Type {
        A(1),
        CNAME(5),
        AAAA(28),
        SRV(33);

        private final int number;

        Type(int number) {
            this.number = number;
        }
    }

    /** What happens to queries. */
    public enum Behavior {
        /** Answers from the records. */
        ANSWER,
        /** Answers nothing. */
        SILENCE,
        /** Answers with the code 2, server failure. */
        FAILURE,
        /** Answers with the code 5, refused. */
        REFUSAL,
        /** Sends bytes that are no response. */
        GARBAGE,
        /** Answers with another id. */
        WRONG_ID,
        /** Answers another question. */
        WRONG_QUESTION,
        /** Answers, with an address of half the length. */
        SHORT_ADDRESS
    }

    private record Question(String name, int type) {}

    private record Entry(Type type, String name, Duration ttl, byte[] content) {}

    /** A server on a free port, which answers at once. */
    public DnsResponder() {
        try {
            socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::serve);
    }

    /** The address of the server. */
    public InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /** Changes what happens to queries from now on. */
    public DnsResponder behave(Behavior other) {
        behavior = other;
        return this;
    }

    /** Adds an answer with these IPv4 and IPv6 addresses. The answers follow each other; the last one stays. */
    public DnsResponder answerAddresses(String name, Duration ttl, String... addresses) {
        var v4 = new ArrayList<Entry>();
        var v6 = new ArrayList<Entry>();
        for (var address : addresses) {
            var bytes = bytes(address);
            boolean four = bytes.length == Integer.BYTES;
            (four ? v4 : v6).add(new Entry(four ? Type.A : Type.AAAA, name, ttl, bytes));
        }
        add(name, Type.A, v4);
        add(name, Type.AAAA, v6);
        return this;
    }

    /** Makes a name an alias of a host with this address. */
    public DnsResponder answerAlias(String alias, Duration aliasTtl, String host, Duration ttl, String address) {
        var target = new Entry(Type.A, host, ttl, bytes(address));
        add(alias, Type.A, List.of(new Entry(Type.CNAME, alias, aliasTtl, encodedName(host)), target));
        add(alias, Type.AAAA, List.of(new Entry(Type.CNAME, alias, aliasTtl, encodedName(host))));
        return this;
    }

    /** Adds an answer with these targets of a service, without their addresses. */
    public DnsResponder answerTargets(String name, Duration ttl, Service... services) {
        add(
                name,
                Type.SRV,
                List.of(services).stream().map(each -> each.entry(name, ttl)).toList());
        return this;
    }

    /** Adds the address of a target to the answer of the service, under a name of its own. */
    public DnsResponder answerTargetWithAddress(
            String name, Duration ttl, Service service, String owner, Duration addressTtl, String address) {
        var bytes = bytes(address);
        var type = bytes.length == Integer.BYTES ? Type.A : Type.AAAA;
        add(name, Type.SRV, List.of(service.entry(name, ttl), new Entry(type, owner, addressTtl, bytes)));
        return this;
    }

    /** A target of a service. */
    public record Service(int priority, int weight, int port, String host) {
        private Entry entry(String name, Duration ttl) {
            var content = ByteBuffer.allocate(MAX_DATAGRAM)
                    .putShort((short) priority)
                    .putShort((short) weight)
                    .putShort((short) port)
                    .put(encodedName(host))
                    .flip();
            var bytes = new byte[content.remaining()];
            content.get(bytes);
            return new Entry(Type.SRV, name, ttl, bytes);
        }
    }

    private void add(String name, Type type, List<Entry> answer) {
        answers.computeIfAbsent(new Question(name, type.number), ignored -> new ArrayDeque<>())
                .add(answer);
    }

    /** The names in the queries until now, in order. */
    public List<String> queriedNames() {
        return questions.stream().map(Question::name).toList();
    }

    private void serve() {
        var packet = new DatagramPacket(new byte[MAX_DATAGRAM], MAX_DATAGRAM);
        try {
            while (true) {
                packet.setLength(MAX_DATAGRAM);
                socket.receive(packet);
                var response = respond(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()));
                if (response.length > 0) {
                    socket.send(new DatagramPacket(response, response.length, packet.getSocketAddress()));
                }
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private byte[] respond(ByteBuffer query) throws IOException {
        short id = query.getShort();
        var question = question(query.position(HEADER));
        questions.add(question);
        var known = behavior == Behavior.SHORT_ADDRESS ? shortAddress(question) : next(question);
        return switch (behavior) {
            case SILENCE -> new byte[0];
            case GARBAGE -> "garbage".getBytes(US_ASCII);
            case FAILURE -> encoded(id, 2, question, List.of());
            case REFUSAL -> encoded(id, 5, question, List.of());
            case WRONG_ID -> encoded((short) ~id, 0, question, known);
            case WRONG_QUESTION -> encoded(id, 0, new Question("other.test", question.type), known);
            case ANSWER, SHORT_ADDRESS -> encoded(id, exists(question) ? 0 : NAME_ERROR, question, known);
        };
    }

    private boolean exists(Question question) {
        return answers.keySet().stream().anyMatch(known -> known.name.equals(question.name));
    }

    private List<Entry> next(Question question) {
        var queue = answers.get(question);
        if (queue == null) {
            return List.of();
        }
        synchronized (queue) {
            return queue.size() > 1 ? queue.remove() : queue.element();
        }
    }

    private static List<Entry> shortAddress(Question question) {
        var type = question.type == Type.A.number ? Type.A : Type.AAAA;
        return List.of(new Entry(type, question.name, Duration.ofSeconds(1), new byte[] {1, 2}));
    }

    private static Question question(ByteBuffer query) {
        var name = new StringBuilder();
        for (int length = query.get(); length > 0; length = query.get()) {
            var label = new byte[length];
            query.get(label);
            name.append(name.isEmpty() ? "" : ".").append(new String(label, US_ASCII));
        }
        return new Question(name.toString(), query.getShort());
    }

    private static byte[] encoded(short id, int code, Question question, List<Entry> entries) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        boolean service = question.type == Type.SRV.number;
        long additional = entries.stream()
                .filter(entry -> service && entry.type != Type.SRV)
                .count();
        out.writeShort(id);
        out.writeShort(RESPONSE | code);
        out.writeShort(1);
        out.writeShort((int) (entries.size() - additional));
        out.writeShort(0);
        out.writeShort((int) additional);
        out.write(encodedName(question.name));
        out.writeShort(question.type);
        out.writeShort(CLASS_IN);
        for (var entry : entries) {
            write(entry, out);
        }
        return bytes.toByteArray();
    }

    private static void write(Entry entry, DataOutputStream out) throws IOException {
        out.write(encodedName(entry.name));
        out.writeShort(entry.type.number);
        out.writeShort(CLASS_IN);
        out.writeInt((int) entry.ttl.toSeconds());
        out.writeShort(entry.content.length);
        out.write(entry.content);
    }

    private static byte[] encodedName(String name) {
        var bytes = new ByteArrayOutputStream();
        for (var label : name.split("\\.", -1)) {
            if (!label.isEmpty()) {
                bytes.write(label.length());
                bytes.writeBytes(label.getBytes(US_ASCII));
            }
        }
        bytes.write(0);
        return bytes.toByteArray();
    }

    private static byte[] bytes(String address) {
        try {
            return InetAddress.getByName(address).getAddress();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}

package io.breakwater.port.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.PortException;
import io.breakwater.port.driven.EventBus;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link EventBus} must do: deliver each message to all subscribers, in order and once, and report when it
 * cannot. The buses of one test are connected, like those of replicas.
 */
public abstract class EventBusContract {
    private static final int THREADS = 8;
    private static final int MESSAGES = 200;

    /** Creates a bus that is connected to all buses of this test. */
    protected abstract EventBus make();

    /** Interrupts the connection of all buses of this test; returns when publishing fails. */
    protected abstract void interrupt();

    /** Restores the connection after {@link #interrupt}; does not have to wait until the buses are connected. */
    protected abstract void restore();

    @Test
    void allSubscribersReceiveAMessage() {
        var first = make();
        var second = make();
        var here = MessageRecorder.on(first, "topic");
        var there = MessageRecorder.on(second, "topic");
        var thereToo = MessageRecorder.on(second, "topic");

        first.publish("topic", bytes("news"));

        assertThat(here.next()).isEqualTo("news");
        assertThat(there.next()).isEqualTo("news");
        assertThat(thereToo.next()).isEqualTo("news");
    }

    @Test
    void preservesEveryByteAndTheOrderOfAPublisher() {
        var bus = make();
        var reply = MessageRecorder.on(bus, "topic");
        var every = new byte[256];
        IntStream.range(0, 256).forEach(i -> every[i] = (byte) i);

        bus.publish("topic", every);
        bus.publish("topic", new byte[0]);
        bus.publish("topic", new byte[100_000]);

        assertThat(reply.nextBytes()).isEqualTo(every);
        assertThat(reply.nextBytes()).isEmpty();
        assertThat(reply.nextBytes()).isEqualTo(new byte[100_000]);
    }

    @Test
    void distinguishesSimilarTopics() {
        var bus = make();
        var topics = List.of("a", "A", "a:", "a:b", "a*", "a?", "*", "ä", "{a}", "", "a".repeat(500));
        var reply = topics.stream().map(topic -> MessageRecorder.on(bus, topic)).toList();

        topics.forEach(topic -> bus.publish(topic, bytes("<" + topic + ">")));
        topics.forEach(topic -> bus.publish(topic, bytes("end")));

        for (int i = 0; i < topics.size(); i++) {
            assertThat(reply.get(i).next()).isEqualTo("<" + topics.get(i) + ">");
            assertThat(reply.get(i).next()).isEqualTo("end");
        }
    }

    @Test
    void closedSubscriptionReceivesNothing() {
        var bus = make();
        var closed = new MessageRecorder();
        var subscription = bus.subscribe("topic", closed);
        closed.awaitConnected();
        var open = MessageRecorder.on(bus, "topic");

        subscription.close();
        subscription.close();
        bus.publish("topic", bytes("after"));

        assertThat(open.next()).isEqualTo("after");
        assertThat(closed.silent()).isTrue();
    }

    @Test
    void aClosedTopicCanBeSubscribedAgain() {
        var bus = make();
        var once = new MessageRecorder();
        var subscription = bus.subscribe("topic", once);
        once.awaitConnected();
        subscription.close();

        var again = MessageRecorder.on(bus, "topic");
        bus.publish("topic", bytes("news"));

        assertThat(again.next()).isEqualTo("news");
    }

    @Test
    void aSubscriberCanCloseAndSubscribeInItsCallback() {
        var bus = make();
        var follower = new MessageRecorder();
        var own = new AtomicReference<EventBus.Subscription>();
        var first = new MessageRecorder() {
            @Override
            public void message(byte[] message) {
                super.message(message);
                own.get().close();
                bus.subscribe("other", follower);
            }
        };
        own.set(bus.subscribe("topic", first));
        first.awaitConnected();

        bus.publish("topic", bytes("news"));
        follower.awaitConnected();
        bus.publish("other", bytes("more"));

        assertThat(first.next()).isEqualTo("news");
        assertThat(follower.next()).isEqualTo("more");
    }

    @Test
    void aFailingSubscriberDoesNotDisturbOthers() {
        var bus = make();
        var failing = new MessageRecorder() {
            @Override
            public void message(byte[] message) {
                super.message(message);
                throw new IllegalStateException("a listener of the test fails");
            }
        };
        bus.subscribe("topic", failing);
        failing.awaitConnected();
        var other = MessageRecorder.on(bus, "topic");

        bus.publish("topic", bytes("one"));
        bus.publish("topic", bytes("two"));

        assertThat(List.of(other.next(), other.next())).containsExactly("one", "two");
        assertThat(List.of(failing.next(), failing.next())).containsExactly("one", "two");
    }

    @Test
    void reportsALostAndARestoredConnection() {
        var bus = make();
        var reply = MessageRecorder.on(bus, "topic");
        var other = MessageRecorder.on(bus, "other");

        interrupt();
        reply.awaitLost();
        other.awaitLost();
        assertThatThrownBy(() -> bus.publish("topic", bytes("lost")))
                .isInstanceOf(PortException.UnavailableException.class);

        restore();
        reply.awaitConnected();
        other.awaitConnected();
        bus.publish("topic", bytes("back"));
        assertThat(reply.next()).isEqualTo("back");
    }

    @Test
    void subscriptionDuringAnOutageConnectsAfterIt() {
        var bus = make();
        var early = MessageRecorder.on(bus, "early");
        interrupt();
        early.awaitLost();

        var reply = new MessageRecorder();
        bus.subscribe("topic", reply);
        assertThat(reply.silent()).isTrue();

        restore();
        reply.awaitConnected();
        bus.publish("topic", bytes("news"));
        assertThat(reply.next()).isEqualTo("news");
    }

    @Test
    void deliversEachMessageOnceOnOneThreadAtATime() throws Exception {
        var bus = make();
        var reply = new MessageRecorder();
        bus.subscribe("topic", reply);
        reply.awaitConnected();

        ConcurrentRun.run(THREADS, thread -> {
            IntStream.range(0, MESSAGES).forEach(i -> bus.publish("topic", bytes(thread + "/" + i)));
            return thread;
        });
        bus.publish("topic", bytes("end"));

        var all = reply.until("end");
        assertThat(all).doesNotHaveDuplicates().hasSize(THREADS * MESSAGES);
        assertThat(reply.overlaps()).isZero();
        for (int thread = 0; thread < THREADS; thread++) {
            var own = thread + "/";
            assertThat(all.stream().filter(text -> text.startsWith(own)).toList())
                    .containsExactlyElementsOf(
                            IntStream.range(0, MESSAGES).mapToObj(i -> own + i).toList());
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}

package io.breakwater.adapter.redis;

import io.breakwater.port.MetricSink;
import io.breakwater.port.driven.EventBus;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol.Command;

/**
 * PUBLISH and SUBSCRIBE. In a cluster too: the nodes pass on what is published, so that one connection hears every
 * topic. Sharded channels would spare the nodes that traffic, but want Redis 7 and a connection to each node that owns
 * a topic; our events are few and small. What is published goes to the node that would own a key of the topic's name:
 * sent to any node, as is usual, two messages may overtake each other on their ways through the cluster.
 */
final class RedisEventBus implements EventBus, AutoCloseable {
    private final CommandExecutor calls;
    private final KeyNames names;
    private final Subscriber receiver;

    RedisEventBus(CommandExecutor calls, KeyNames names, Subscriber receiver) {
        this.calls = calls;
        this.names = names;
        this.receiver = receiver;
    }

    @Override
    public void publish(String topic, byte[] message) {
        var command =
                new CommandArguments(Command.PUBLISH).key(names.event(topic)).add(message);
        calls.atMostOnce(redis -> redis.executeCommand(new CommandObject<>(command, BuilderFactory.LONG)));
    }

    @Override
    public Subscription subscribe(String topic, Listener listener) {
        var listening = new ChannelSubscription(names.event(topic), listener);
        receiver.add(listening);
        return () -> receiver.remove(listening);
    }

    void bindMetrics(MetricSink figures) {
        receiver.bindMetrics(figures);
    }

    @Override
    public void close() {
        receiver.close();
    }
}

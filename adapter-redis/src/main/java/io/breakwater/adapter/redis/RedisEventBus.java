package io.breakwater.adapter.redis;

import io.breakwater.port.MetricSink;
import io.breakwater.port.driven.EventBus;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol.Command;

/**
 * The event bus on PUBLISH and SUBSCRIBE. In a cluster, the nodes forward published messages, so that one connection
 * receives every topic. Sharded channels would avoid that traffic, but they require Redis 7 and a connection to each
 * node that owns a topic; our events are few and small. A message is published at the node that would own a key with
 * the name of the topic: when messages are published at different nodes, one may overtake another in the cluster.
 */
final class RedisEventBus implements EventBus, AutoCloseable {
    private final CommandExecutor executor;
    private final KeyNames names;
    private final Subscriber subscriber;

    RedisEventBus(CommandExecutor executor, KeyNames names, Subscriber subscriber) {
        this.executor = executor;
        this.names = names;
        this.subscriber = subscriber;
    }

    @Override
    public void publish(String topic, byte[] message) {
        var command =
                new CommandArguments(Command.PUBLISH).key(names.event(topic)).add(message);
        executor.atMostOnce(redis -> redis.executeCommand(new CommandObject<>(command, BuilderFactory.LONG)));
    }

    @Override
    public Subscription subscribe(String topic, Listener listener) {
        var subscription = new ChannelSubscription(names.event(topic), listener);
        subscriber.add(subscription);
        return () -> subscriber.remove(subscription);
    }

    void bindMetrics(MetricSink metrics) {
        subscriber.bindMetrics(metrics);
    }

    @Override
    public void close() {
        subscriber.close();
    }
}

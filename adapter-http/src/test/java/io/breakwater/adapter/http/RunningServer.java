package io.breakwater.adapter.http;

import io.breakwater.port.SettingNames;
import io.breakwater.port.contract.ScriptedEndpoint;
import io.breakwater.port.driving.Authenticator;
import io.breakwater.port.driving.HttpResource;
import io.breakwater.port.driving.IncomingMessage;
import io.breakwater.port.driving.MemoryBudget;
import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.Transport;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;

/** A transport that listens on a free port, until closed. */
final class RunningServer implements AutoCloseable {
    final RecordedMetrics metrics = new RecordedMetrics();
    final ScriptedEndpoint endpoint = new ScriptedEndpoint();
    final HttpTransport transport;

    RunningServer(HttpSettings settings, List<HttpResource> pages, BiConsumer<IncomingMessage, Reply> script) {
        this(settings, pages, MemoryBudget.unlimited(), script);
    }

    RunningServer(
            HttpSettings settings,
            List<HttpResource> pages,
            MemoryBudget memory,
            BiConsumer<IncomingMessage, Reply> script) {
        this(settings, Authenticator.ANONYMOUS, pages, memory, script);
    }

    RunningServer(
            HttpSettings settings,
            Authenticator authenticator,
            List<HttpResource> pages,
            MemoryBudget memory,
            BiConsumer<IncomingMessage, Reply> script) {
        transport = HttpTransport.with(settings);
        endpoint.onMessage(script).onListen(script);
        transport.start(new Transport.Host(endpoint, authenticator, pages, metrics, memory, SettingNames.JAVA));
    }

    static RunningServer withResources(HttpResource... resources) {
        return new RunningServer(HttpSettings.defaults().withPort(0), List.of(resources), (in, reply) -> {});
    }

    static RunningServer of(
            HttpSettings settings,
            Authenticator authenticator,
            MemoryBudget memory,
            BiConsumer<IncomingMessage, Reply> script) {
        return new RunningServer(settings.withPort(0), authenticator, List.of(), memory, script);
    }

    static RunningServer answering(BiConsumer<IncomingMessage, Reply> script) {
        return answering(HttpSettings.defaults(), script);
    }

    static RunningServer answering(HttpSettings settings, BiConsumer<IncomingMessage, Reply> script) {
        return new RunningServer(settings.withPort(0), List.of(), script);
    }

    static RunningServer within(MemoryBudget memory, HttpSettings settings, BiConsumer<IncomingMessage, Reply> script) {
        return new RunningServer(settings.withPort(0), List.of(), memory, script);
    }

    URI uri() {
        return URI.create(transport.address());
    }

    int port() {
        return uri().getPort();
    }

    RawClient connect() {
        var host = uri().getHost();
        return new RawClient(host.equals("0.0.0.0") ? "127.0.0.1" : host, port());
    }

    @Override
    public void close() {
        transport.stop(Duration.ofSeconds(1));
    }
}

package io.breakwater.adapter.http;

import io.breakwater.port.contract.HttpResourceContract;
import io.breakwater.port.driving.Transport;
import java.net.URI;

class HttpTransportResourceTest extends HttpResourceContract {

    @Override
    protected Transport make() {
        return HttpTransport.on("127.0.0.1", 0);
    }

    @Override
    protected URI root(Transport started) {
        return URI.create(started.address().replace("/mcp", ""));
    }
}

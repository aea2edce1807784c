package io.breakwater.adapter.http.outbound;

import io.breakwater.port.SettingNames;
import io.breakwater.port.contract.ServiceTransportContract;
import io.breakwater.port.driven.ServiceTransport;
import java.util.List;

class HttpServiceTransportContractTest extends ServiceTransportContract {

    @Override
    protected ServiceTransport create() {
        return HttpServiceTransport.with(
                HttpServiceTransport.defaults().withAllowed(List.of("127.0.0.0/8")), SettingNames.JAVA);
    }

    @Override
    protected void close(ServiceTransport used) {
        ((HttpServiceTransport) used).close();
    }
}

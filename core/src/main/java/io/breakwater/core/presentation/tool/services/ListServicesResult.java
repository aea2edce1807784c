package io.breakwater.core.presentation.tool.services;

import io.breakwater.core.business.services.ServiceCalls;
import io.breakwater.port.driven.Services;
import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.Name;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of {@code list_services}. */
record ListServicesResult(
        @Description("The services, in the order of their names.")
        List<Service> services) {
    private static final int MAX_INSTANCES = 20;

    /** The arguments of {@code list_services}. */
    record Arguments() {}

    /** A service. */
    record Service(
            @Description("The name, for the argument service of api_request.")
            String name,

            @Description("What the service offers, if the operator has described it.") @Nullable
            String description,

            @Description("The names of the header fields that api_request accepts for this service.")
            @Name("request_headers")
            List<String> requestHeaders,

            @Description("The instances to which requests go at present; the first 20 if there are more.")
            @Name("healthy_instances")
            List<String> healthyInstances,

            @Description("The number of instances to which requests go at present. If it is 0, requests fail.")
            @Name("healthy_count")
            int healthyCount,

            @Description("The number of all known instances.") @Name("instance_count")
            int instanceCount) {

        static Service of(Services.Status service) {
            var healthy = service.instances().stream()
                    .filter(instance -> instance.state() == Services.State.AVAILABLE)
                    .map(Services.Instance::origin)
                    .toList();
            return new Service(
                    service.name(),
                    service.description(),
                    ServiceCalls.requestFields(service),
                    healthy.stream().limit(MAX_INSTANCES).toList(),
                    healthy.size(),
                    service.instances().size());
        }
    }

    static ListServicesResult of(List<Services.Status> services) {
        return new ListServicesResult(services.stream().map(Service::of).toList());
    }
}

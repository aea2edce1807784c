package com.example.shop;

import io.breakwater.adapter.http.HttpTransport;
import io.breakwater.server.Breakwater;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.Pattern;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** Serves MCP on a port of its own, beside the web server and the actuator of Spring Boot. */
@SpringBootApplication
public class ShopApplication {

    record FindOrder(@Description("Order number, as printed on the invoice") @Pattern("A-\\d{6}") String number) {}

    record Order(String number, String status) {}

    public static void main(String[] arguments) {
        SpringApplication.run(ShopApplication.class, arguments);
    }

    /** Spring calls {@code close()} when the application stops: running calls finish first. */
    @Bean
    Breakwater mcpServer(MeterRegistry meters, @Value("${mcp.port}") int port) {
        var server = Breakwater.named("shop")
                .version("1.0.0")
                .meterRegistry(meters)
                .tool(Tool.named("find_order")
                        .description("Finds one order by its number.")
                        .input(FindOrder.class)
                        .output(Order.class)
                        .readOnly()
                        .handler((order, call) -> new Order(order.number(), "shipped")))
                .build();
        return server.serve(HttpTransport.on("127.0.0.1", port));
    }
}

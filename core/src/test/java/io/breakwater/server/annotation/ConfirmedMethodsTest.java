package io.breakwater.server.annotation;

import static io.breakwater.core.presentation.protocol.QuotedJson.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.core.testkit.ClientMode;
import io.breakwater.server.Breakwater;
import io.breakwater.server.client.ClientResponses;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code @McpTool(confirm = "...")} asks a user, as {@code confirm} of the builder does. */
class ConfirmedMethodsTest {

    static class OrderTools {
        @McpTool(description = "Deletes an order.", confirm = "Delete the order {number} ({reason}) for good?")
        String deleteOrder(@Arg("Order number") int number, @Arg("Reason") Optional<String> reason) {
            return "deleted " + number;
        }
    }

    static class WrongTools {
        @McpTool(description = "Deletes an order.", confirm = "Delete the order {id}?")
        String deleteOrder(@Arg("Order number") int number) {
            return "deleted " + number;
        }
    }

    @ParameterizedTest
    @EnumSource
    void asksWithTheValuesOfTheArguments(ClientMode mode) {
        var messages = new ArrayList<String>();
        try (var server = Breakwater.named("shop")
                        .pack(ToolMethods.of(new OrderTools()))
                        .build();
                var client = mode.to(server)
                        .onServerRequest(request -> {
                            messages.add(request.params().text("message"));
                            return ClientResponses.accepted(json("{'confirm':true}"));
                        })
                        .connect()) {
            assertThat(client.call("deleteOrder", json("{'number':7,'reason':'old'}"))
                            .text())
                    .isEqualTo("deleted 7");
            assertThat(client.call("deleteOrder", json("{'number':8}")).text()).isEqualTo("deleted 8");
        }
        assertThat(messages.getFirst()).startsWith("Delete the order 7 (\"old\") for good?\n");
        assertThat(messages.getLast()).startsWith("Delete the order 8 ((none)) for good?\n");
    }

    @Test
    void refusesANameThatIsNoArgument() {
        assertThatThrownBy(() -> ToolMethods.of(new WrongTools()))
                .hasMessageContaining("confirm \"Delete the order {id}?\"")
                .hasMessageContaining("number");
    }
}

package io.breakwater.core.presentation.call;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.presentation.protocol.QuotedJson;
import io.breakwater.port.Json;
import io.breakwater.server.mcp.ClientRequest;
import org.junit.jupiter.api.Test;

/** An accepted form without any content. */
class FormContentTest {

    @Test
    void isMissingWhereAllFieldsAreOptional() {
        var form = form("{'type':'object','properties':{'note':{'type':'string'}}}");

        assertThat(form.mismatch(null)).isEqualTo("the content is missing");
        assertThat(form.mismatch(Json.Obj.EMPTY)).isNull();
    }

    @Test
    void isEnoughWhereThereIsNoField() {
        assertThat(form("{'type':'object','properties':{}}").mismatch(null)).isNull();
    }

    private static FormValidator form(String schema) {
        return requireNonNull(FormValidator.of(ClientRequest.form("Anything to add?", QuotedJson.json(schema))));
    }
}

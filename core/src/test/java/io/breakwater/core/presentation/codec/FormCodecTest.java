package io.breakwater.core.presentation.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.core.presentation.protocol.QuotedJson;
import io.breakwater.server.schema.Default;
import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.Format;
import io.breakwater.server.schema.InvalidSchemaException;
import io.breakwater.server.schema.Length;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormCodecTest {
    enum Colour {
        RED,
        BLUE
    }

    record Contact(
            @Description("As in your passport") @Length(min = 1)
            String name,

            @Nullable @Format("email") String mail,
            Optional<Colour> colour,
            Set<Colour> others,
            @Default("3") int stars,
            LocalDate day,
            @Nullable UUID reference) {}

    record Address(String street) {}

    record Nested(Address address) {}

    record Texts(List<String> texts) {}

    record Mapped(Map<String, String> texts) {}

    private static FormCodec<Contact> contact() {
        return FormCodec.of(Contact.class);
    }

    @Test
    void writesWhatMcpAllowsInForms() {
        assertThat(contact().schema().source()).isEqualTo(QuotedJson.json("""
                                {'type':'object','properties':{
                                'name':{'type':'string','minLength':1,'description':'As in your passport'},
                                'mail':{'type':'string','format':'email'},
                                'colour':{'type':'string','enum':['RED','BLUE']},
                                'others':{'type':'array','items':{'type':'string','enum':['RED','BLUE']},'uniqueItems':true},
                                'stars':{'type':'integer','default':3},
                                'day':{'type':'string','format':'date'},
                                'reference':{'type':'string'}},
                                'required':['name','others','day']}
                                """));
    }

    @Test
    void makesTheRecord() {
        var entries = QuotedJson.json("{'name':'Ann','others':['BLUE'],'day':'2026-11-23','unknown':1}");

        assertThat(contact().read(entries))
                .isEqualTo(new BindingResult.Value<>(new Contact(
                        "Ann", null, Optional.empty(), Set.of(Colour.BLUE), 3, LocalDate.of(2026, 11, 23), null)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'name':'','others':[],'day':'2026-11-23'}",
                "{'name':'Ann','others':['GREEN'],'day':'2026-11-23'}",
                "{'name':'Ann','others':[],'day':'2026-11-23','mail':'nowhere'}",
                "{'name':'Ann','others':[],'day':'2026-11-23','stars':99999999999}",
                "{'name':'Ann','others':[],'day':'2026-11-23','reference':'x'}"
            })
    void refusesWhatDoesNotFit(String entries) {
        assertThat(contact().read(QuotedJson.json(entries))).isInstanceOf(BindingResult.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(classes = {Nested.class, Texts.class, Mapped.class})
    void refusesRecordsThatCannotBeForms(Class<? extends Record> record) {
        assertThatThrownBy(() -> FormCodec.of(record))
                .isInstanceOf(InvalidSchemaException.class)
                .hasMessageContaining(record.getSimpleName() + ".");
    }
}

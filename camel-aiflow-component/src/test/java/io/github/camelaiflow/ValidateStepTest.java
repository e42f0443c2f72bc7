package io.github.camelaiflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelaiflow.data.DataException.Reason;
import io.github.camelaiflow.validation.FlaggedRecord;
import io.github.camelaiflow.validation.ValidationResult;
import jakarta.validation.constraints.Positive;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ValidationException;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ValidateStepTest {

    private static final Map<String, Object> GOOD = TinyModels.claim("good", 0.5, "fire");
    private static final Map<String, Object> BAD = TinyModels.claim("bad", 47110815, "arson");

    private CamelContext context;

    /** A bean with constraints of its own. */
    public record Order(@Positive int count) {}

    @BeforeAll
    void start(@TempDir Path temp) throws Exception {
        FlowFolder folder = new FlowFolder(temp);
        folder.write("half.json", """
                {"name": "mostly", "expectations": [{"type": "expect_column_values_to_be_in_set",
                  "kwargs": {"column": "type", "value_set": ["fire"], "mostly": 0.5}}]}
                """);
        String mostly = "&suite=file:" + temp.resolve("half.json");
        context = folder.context(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:throw").to("aiflow:validate:claims");
                from("direct:mark").to("aiflow:validate:claims?onInvalid=mark");
                from("direct:split").to("aiflow:validate:claims?onInvalid=split");
                from("direct:body").to("aiflow:validate:claims?onInvalid=mark&resultTo=body&resultFormat=COMPLETE");
                from("direct:record").to("aiflow:validate:mostly?onInvalid=mark&scope=record" + mostly);
                from("direct:batch").to("aiflow:validate:mostly?onInvalid=mark&scope=batch" + mostly);
                from("direct:complete").to("aiflow:validate:claims?onInvalid=mark&scope=batch&resultFormat=COMPLETE");
                from("direct:beans").to("aiflow:validate:beans?onInvalid=mark");
            }
        });
        context.start();
    }

    @AfterAll
    void stop() {
        context.stop();
    }

    private Exchange send(String to, Object body) {
        return context.createProducerTemplate()
                .request(to, exchange -> exchange.getMessage().setBody(body));
    }

    private static Object valid(Exchange exchange) {
        assertThat(exchange.getException()).isNull();
        return exchange.getMessage().getHeader("CamelAiflowValid");
    }

    @Test
    void aValidRecordGoesOnUnchanged() {
        Exchange exchange = send("direct:throw", GOOD);

        assertThat(valid(exchange)).isEqualTo(true);
        assertThat(exchange.getMessage().getBody()).isSameAs(GOOD);
    }

    @Test
    void anInvalidRecordFailsNamingItsFieldsAndNoValue() {
        Exchange exchange = send("direct:throw", BAD);

        assertThat(exchange.getException()).isInstanceOf(ValidationException.class);
        AiflowDataException error = (AiflowDataException) exchange.getException();
        assertThat(error.getReason()).isEqualTo(Reason.INVALID);
        assertThat(error.getStage()).isEqualTo("validate");
        assertThat(error.getFields()).containsExactly("amount", "type");
        assertThat(error.getExpectations())
                .containsExactly("expect_column_values_to_be_between", "expect_column_values_to_be_in_set");
        assertThat(error.toString()).doesNotContain("7110815", "arson");
        assertThat(exchange.getMessage().getHeader("CamelAiflowValid")).isEqualTo(false);
    }

    @Test
    void markOnlyTells() {
        Exchange exchange = send("direct:mark", List.of(GOOD, BAD));

        assertThat(valid(exchange)).isEqualTo(false);
        ValidationResult result = exchange.getMessage().getHeader("CamelAiflowValidation", ValidationResult.class);
        assertThat(result.rejected()).extracting(FlaggedRecord::index).containsExactly(1);
        assertThat(exchange.getMessage().getHeader("CamelAiflowValidation", String.class))
                .contains("\"success\":false", "expect_column_values_to_be_in_set")
                .doesNotContain("arson", "7110815");
    }

    @Test
    void splitHandsOnTheGoodRecordsInOrder() {
        Map<String, Object> other = TinyModels.claim("other", 0.1, "theft");
        Exchange exchange = send("direct:split", List.of(GOOD, BAD, other));

        assertThat(exchange.getMessage().getBody()).isEqualTo(List.of(GOOD, other));
        List<?> rejected = exchange.getMessage().getHeader("CamelAiflowRejected", List.class);
        assertThat(rejected).singleElement().isInstanceOfSatisfying(FlaggedRecord.class, record -> {
            assertThat(record.index()).isEqualTo(1);
            assertThat(record.key()).isEqualTo("bad");
            assertThat(record.reasons()).hasSize(2);
        });
    }

    @Test
    void theFullResultIsTheBodyWhenAsked() {
        String json = send("direct:body", List.of(GOOD, BAD)).getMessage().getBody(String.class);

        assertThat(json).contains("\"unexpected_list\":[\"arson\"]", "\"statistics\"");
    }

    @Test
    void ofTheLastBatchNoMoreIsKeptThanASummary() {
        List<Map<String, Object>> wrong = Collections.nCopies(100, Map.of("type", "arson"));
        Exchange exchange = send("direct:complete", wrong);
        AiflowComponent component = context.getComponent("aiflow", AiflowComponent.class);

        ValidationResult told = exchange.getMessage().getHeader("CamelAiflowValidation", ValidationResult.class);
        ValidationResult kept = component.lastValidation("claims").orElseThrow();
        assertThat(told.unmet().get(0).unexpectedValues()).hasSize(100);
        assertThat(kept.unmet().get(0).unexpectedValues()).hasSize(20);
        assertThat(kept.unmet().get(0).unexpectedCount()).isEqualTo(100);
        assertThat(kept.toString()).doesNotContain("\"unexpected_index_list\"");
    }

    @Test
    void scopeDecidesWhetherMostlyCounts() {
        List<Map<String, Object>> half = List.of(Map.of("type", "fire"), Map.of("type", "theft"));

        assertThat(valid(send("direct:record", half))).isEqualTo(false);
        assertThat(valid(send("direct:batch", half))).isEqualTo(true);
    }

    @Test
    void nothingToJudgeIsNotValid() {
        Exchange exchange = send("direct:throw", List.of());

        assertThat(valid(exchange)).isNull();
        assertThat(exchange.getMessage()
                        .getHeader("CamelAiflowValidation", ValidationResult.class)
                        .reason())
                .isEqualTo("NO_DATA");
    }

    @Test
    void beansBringTheirOwnConstraints() {
        assertThat(valid(send("direct:beans", new Order(1)))).isEqualTo(true);
        assertThat(valid(send("direct:beans", List.of(new Order(1), new Order(-1)))))
                .isEqualTo(false);
        assertThat(valid(send("direct:beans", Map.of("count", -1)))).isNull();
    }
}

package io.github.camelaiflow.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelaiflow.AiflowDataException;
import io.github.camelaiflow.AiflowModelException;
import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.DataException.Reason;
import io.github.camelaiflow.store.StoreException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ValidationException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class ProblemDocumentTest {

    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    @Test
    void bytesThatCannotBeDecodedAreABadRequest() throws IOException {
        JsonNode problem = problem(data(Reason.UNDECODABLE, "must be well-formed JSON, line 1, column 6"));

        assertThat(problem.path("status").asInt()).isEqualTo(400);
        assertThat(problem.path("type").asText()).isEqualTo(ProblemDocument.UNDECODABLE);
        assertThat(problem.path("detail").asText()).contains("line 1");
    }

    @Test
    void aMissingFeatureIsNamedByItsField() throws IOException {
        JsonNode problem = problem(data(Reason.MISSING_FEATURE, "record 3: amount must be there", "amount"));

        assertThat(problem.path("status").asInt()).isEqualTo(422);
        assertThat(problem.at("/errors/0/field").asText()).isEqualTo("amount");
        assertThat(problem.at("/errors/0/detail").asText()).contains("record 3");
    }

    @Test
    void anotherValidationsMessageIsNotTold() throws IOException {
        JsonNode problem = problem(new ValidationException(exchange, "value 4711 is wrong"));

        assertThat(problem.path("status").asInt()).isEqualTo(422);
        assertThat(problem.toString()).doesNotContain("4711");
    }

    @Test
    void onlyAStoreThatIsAwayIsWorthTryingAgain() throws IOException {
        JsonNode away = problem(new CamelExecutionException("x", exchange, new StoreException("away: secret", null)));

        assertThat(away.path("status").asInt()).isEqualTo(503);
        assertThat(away.path("type").asText()).isEqualTo(ProblemDocument.NO_STORE);
        assertThat(exchange.getMessage().getHeader("Retry-After")).isEqualTo(10);

        JsonNode full = problem(new CamelExecutionException("x", exchange, new StoreException(false, "secret", null)));

        assertThat(full.path("status").asInt()).isEqualTo(500);
        assertThat(full.path("type").asText()).isEqualTo(ProblemDocument.STORE_REFUSES);
        assertThat(exchange.getMessage().getHeader("Retry-After")).isNull();
        assertThat(away.toString() + full).doesNotContain("secret");
    }

    @Test
    void aModelThatMayAnswerLaterSaysWhen() throws IOException {
        JsonNode problem = problem(new AiflowModelException("claims", "v1", true, "timed out", null));

        assertThat(problem.path("status").asInt()).isEqualTo(503);
        assertThat(exchange.getMessage().getHeader("Retry-After")).isEqualTo(10);
    }

    @Test
    void aModelThatCannotAnswerAtAllSaysNoTime() throws IOException {
        JsonNode problem = problem(new AiflowModelException("claims", "v1", false, "wrong type", null));

        assertThat(problem.path("status").asInt()).isEqualTo(503);
        assertThat(exchange.getMessage().getHeader("Retry-After")).isNull();
    }

    @Test
    void anOpenBreakerAndAFullQueueMayBeTriedAgain() throws IOException {
        CallNotPermittedException open =
                CallNotPermittedException.createCallNotPermittedException(CircuitBreaker.ofDefaults("b"));
        for (Exception turnedAway : List.of(open, new RejectedExecutionException("full"))) {
            JsonNode problem = problem(new CamelExecutionException("failed", exchange, turnedAway));

            assertThat(problem.path("status").asInt()).isEqualTo(503);
            assertThat(exchange.getMessage().getHeader("Retry-After")).isEqualTo(10);
        }
    }

    @Test
    void allElseIsOursToMendAndNothingIsTold() throws IOException {
        JsonNode problem = problem(new IllegalStateException("password 4711"));

        assertThat(problem.path("status").asInt()).isEqualTo(500);
        assertThat(problem.toString()).doesNotContain("4711");
    }

    @Test
    void onlyTheAnswersOwnHeadersAreLeft() throws IOException {
        exchange.getMessage().setHeader("Authorization", "Bearer 4711");

        problem(data(Reason.UNDECODABLE, "must be JSON"));

        assertThat(exchange.getMessage().getHeaders())
                .containsOnlyKeys(Exchange.HTTP_RESPONSE_CODE, Exchange.CONTENT_TYPE);
    }

    private AiflowDataException data(Reason reason, String message, String... fields) {
        return new AiflowDataException(exchange, "infer", new DataException(reason, List.of(fields), message));
    }

    private JsonNode problem(Exception caught) throws IOException {
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, caught);
        new ProblemDocument().process(exchange);
        Message message = exchange.getMessage();
        assertThat(message.getHeader(Exchange.CONTENT_TYPE)).isEqualTo("application/problem+json");
        return new ObjectMapper().readTree(message.getBody(String.class));
    }
}

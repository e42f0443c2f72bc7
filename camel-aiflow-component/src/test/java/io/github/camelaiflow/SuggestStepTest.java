package io.github.camelaiflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelaiflow.validation.Suite;
import io.github.camelaiflow.validation.SuiteReader;
import io.github.camelaiflow.validation.suggest.SuggestedSuite;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

class SuggestStepTest extends WithFlowFolder {

    private static Map<String, Object> parcel(int i) {
        return Map.of("weight", i * 37 % 101, "zone", List.of("north", "south").get(i % 2));
    }

    private static List<Map<String, Object>> parcels(int count) {
        List<Map<String, Object>> parcels = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            parcels.add(parcel(i));
        }
        return parcels;
    }

    private static SuggestedSuite suite(Exchange exchange) {
        return exchange.getMessage().getHeader("CamelAiflowSuite", SuggestedSuite.class);
    }

    @Test
    void aBatchIsASample() throws Exception {
        start("aiflow:suggest:parcels");
        List<Map<String, Object>> body = parcels(400);
        Exchange exchange = send("direct:r0", body);
        assertThat(suite(exchange).rowsRead()).isEqualTo(400);
        assertThat(suite(exchange).suite().name()).isEqualTo("parcels");
        assertThat(exchange.getMessage().getBody()).isSameAs(body);
        String json = exchange.getMessage().getHeader("CamelAiflowSuite", String.class);
        Suite read = SuiteReader.read(json.getBytes(StandardCharsets.UTF_8), "header");
        assertThat(read.expectations()).hasSizeGreaterThan(5);
    }

    @Test
    void singleRecordsAreCollectedAndSurviveAReload() throws Exception {
        start("aiflow:suggest:parcels?window=100");
        for (int i = 0; i < 99; i++) {
            assertThat(suite(send("direct:r0", parcel(i)))).isNull();
        }
        context.getRouteController().stopRoute("r0");
        context.getRouteController().startRoute("r0");

        SuggestedSuite suite = suite(send("direct:r0", parcel(99)));
        assertThat(suite.rowsRead()).isEqualTo(100);
        assertThat(suite(send("direct:r0", parcel(100)))).isSameAs(suite);
        for (int i = 0; i < 98; i++) {
            send("direct:r0", parcel(i));
        }
        assertThat(suite(send("direct:r0", parcel(5)))).isNotSameAs(suite);
    }

    @Test
    void asBodyTheAnswerIsNeverTheInput() throws Exception {
        start("aiflow:suggest:parcels?resultTo=body&window=50");
        assertThat(send("direct:r0", parcel(1)).getMessage().getBody(String.class))
                .contains("the sample is not complete yet", "\"rows_needed\" : 50");
        assertThat(send("direct:r0", parcels(200)).getMessage().getBody(String.class))
                .contains("expect_column_values_to_be_in_set", "north");
        assertThat(send("direct:r0", "secret").getException()).isInstanceOf(AiflowDataException.class);
    }

    @Test
    void inAHeaderItStandsAsideFromWhatItCannotRead() throws Exception {
        start("aiflow:suggest:parcels");
        Exchange exchange = send("direct:r0", "no record");
        assertThat(exchange.isFailed()).isFalse();
        assertThat(suite(exchange)).isNull();
        List<Object> mixed = new ArrayList<>(parcels(100));
        mixed.add(7);
        assertThat(suite(send("direct:r0", mixed)).rowsRead()).isEqualTo(100);
    }

    @Test
    void aWindowOfTimeIsRefusedAtStart() {
        assertThatThrownBy(() -> start("aiflow:suggest:parcels?window=5m"))
                .hasStackTraceContaining("window must be a number of records up to 100000 for aiflow:suggest, was 5m");
        assertThatThrownBy(() -> start("aiflow:suggest:parcels?suite=file:x.json"))
                .hasStackTraceContaining("option suite belongs to aiflow:validate, not to aiflow:suggest");
    }
}

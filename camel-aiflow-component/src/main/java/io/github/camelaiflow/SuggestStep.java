package io.github.camelaiflow;

import io.github.camelaiflow.data.DataException;
import io.github.camelaiflow.data.Records;
import io.github.camelaiflow.definition.DefinitionException;
import io.github.camelaiflow.definition.WindowSize;
import io.github.camelaiflow.validation.suggest.SuggestSettings;
import io.github.camelaiflow.validation.suggest.SuggestedSuite;
import io.github.camelaiflow.validation.suggest.SuiteSuggester;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Suggests a suite: of a batch at once, of single records once there are enough. In a header it only watches, as drift does. */
final class SuggestStep implements Step {

    private static final int WINDOW = 1000;

    private final Flow flow;
    private final LiveSample live;
    private final boolean toBody;

    SuggestStep(Flow flow, AiflowEndpoint endpoint) {
        this.flow = flow;
        this.toBody = endpoint.resultToBody();
        WindowSize window = endpoint.getWindow() == null
                ? new WindowSize(WINDOW, null)
                : WindowSize.parse(endpoint.getWindow()).orElseThrow();
        if (window.duration() != null || window.records() > SuggestSettings.DEFAULT.maxRows()) {
            throw new DefinitionException(
                    List.of(endpoint.getEndpointUri() + ": window must be a number of records up to "
                            + SuggestSettings.DEFAULT.maxRows() + " for aiflow:suggest, was " + endpoint.getWindow()));
        }
        this.live = flow.liveSample(window.records());
    }

    @Override
    public Work read(Exchange exchange) {
        exchange.getMessage().removeHeader(AiflowConstants.SUITE);
        Records records = ExchangeMapper.records(exchange);
        return () -> suggest(records);
    }

    /** As the body, the suggestion is what the exchange is for; what came must not pass as one. */
    @Override
    public boolean standAside(Exchange exchange) {
        if (toBody) {
            return false;
        }
        flow.observer().notObserved();
        write(exchange.getMessage(), live.suggested());
        return true;
    }

    private Result suggest(Records records) {
        SuggestedSuite suite = records.batch()
                ? SuiteSuggester.suggest(flow.name(), readable(records), SuggestSettings.DEFAULT)
                : live.add(records.rows().get(0));
        return exchange -> write(exchange.getMessage(), suite);
    }

    private List<Map<String, Object>> readable(Records records) {
        Map<Integer, DataException> unreadable = records.unreadable();
        if (unreadable.isEmpty()) {
            return records.rows();
        }
        flow.observer().notObserved();
        return IntStream.range(0, records.size())
                .filter(index -> !unreadable.containsKey(index))
                .mapToObj(records.rows()::get)
                .toList();
    }

    private void write(Message message, SuggestedSuite suite) {
        if (toBody) {
            message.setBody(suite == null ? live.notYet() : suite);
        } else if (suite != null) {
            message.setHeader(AiflowConstants.SUITE, suite);
        }
    }
}

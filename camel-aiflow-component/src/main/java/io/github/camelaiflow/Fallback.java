package io.github.camelaiflow;

import io.github.camelaiflow.data.ServedBy;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.ValidationException;
import org.apache.camel.util.ObjectHelper;

/**
 * Tells whether a step runs in the {@code onFallback} of Camel's circuit breaker. Camel marks the exchange before it runs a
 * fallback and leaves the marks there, also for a later breaker's main path; so the exception that led to a fallback is
 * remembered once it has been dealt with.
 */
final class Fallback {

    private static final String DEALT_WITH = "CamelAiflowFallbackFor";
    private static final Object OPEN_BREAKER = "open";

    private Fallback() {}

    /**
     * Who answers, as far as Camel's breaker has a say.
     *
     * @param standIn whether the step names another model than the one that serves
     * @throws ValidationException the data error that led to the fallback: no model makes wrong data right
     */
    static ServedBy servedBy(Exchange exchange, boolean standIn) throws ValidationException {
        if (!flag(exchange, ExchangePropertyKey.CIRCUIT_BREAKER_RESPONSE_FROM_FALLBACK)
                || !flag(exchange, ExchangePropertyKey.TRY_ROUTE_BLOCK)) {
            return ServedBy.PRIMARY;
        }
        Exception caught = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Exception.class);
        Object reason = caught == null ? OPEN_BREAKER : caught;
        boolean dealtWith = exchange.getProperty(DEALT_WITH) == reason;
        if (dealtWith) {
            return standIn ? ServedBy.FALLBACK : ServedBy.PRIMARY;
        }
        exchange.setProperty(DEALT_WITH, reason);
        ValidationException dataError = ObjectHelper.getException(ValidationException.class, caught);
        if (dataError != null) {
            throw dataError;
        }
        return ServedBy.FALLBACK;
    }

    private static boolean flag(Exchange exchange, ExchangePropertyKey key) {
        return exchange.getProperty(key, false, Boolean.class);
    }
}

package io.github.camelaiflow.wire;

import io.github.camelaiflow.AiflowConstants;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;

/**
 * How an exchange passed through a plain route: what became of its records.
 *
 * @param records how many there were
 * @param failed whether it failed
 */
record ExchangeResult(int records, int decisions, int deadLetters, int returned, boolean failed) {

    private static final int FIRST_HTTP_ERROR = 400;

    /** Records of which nothing is known. */
    int swallowed() {
        return records - decisions - deadLetters - returned;
    }

    /**
     * @param counted how many records it held when it entered
     * @param list whether they were counted in a list, so that there are no more of them
     * @param givesBack whether the consumer does something about a failure, so that a record that fails comes again
     */
    static ExchangeResult of(Exchange exchange, int counted, boolean list, boolean givesBack) {
        boolean failed = exchange.getException() != null || exchange.isRollbackOnly();
        if (failed || answeredWithError(exchange)) {
            boolean returned = givesBack || exchange.getPattern() == ExchangePattern.InOut;
            return new ExchangeResult(counted, 0, 0, returned ? counted : 0, failed);
        }
        if (DeadLetterMark.delivered(exchange)) {
            return new ExchangeResult(counted, 0, counted, 0, false);
        }
        int aside = count(exchange, DeliveryPolicy.SET_ASIDE);
        int decided =
                exchange.getExchangeExtension().isFailureHandled() ? 0 : count(exchange, AiflowConstants.PREDICTED);
        // text that holds a list is known to be one by now
        int records = list ? counted : Math.max(counted, decided + aside);
        return new ExchangeResult(records, decided, aside, 0, false);
    }

    private static int count(Exchange exchange, String property) {
        Integer count = exchange.getProperty(property, Integer.class);
        return count == null ? 0 : count;
    }

    /** Whether a caller who waits was told by HTTP that it failed: then the record is the caller's again. */
    private static boolean answeredWithError(Exchange exchange) {
        if (exchange.getPattern() != ExchangePattern.InOut
                || !exchange.getExchangeExtension().isFailureHandled()) {
            return false;
        }
        Integer code = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        return code != null && code >= FIRST_HTTP_ERROR;
    }
}

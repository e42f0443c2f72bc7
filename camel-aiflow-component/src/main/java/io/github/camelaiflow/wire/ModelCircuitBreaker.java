package io.github.camelaiflow.wire;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import org.apache.camel.ValidationException;
import org.apache.camel.util.ObjectHelper;

/**
 * Builds the breaker for a {@code circuitBreaker} around {@code aiflow:infer}: failures of the model count, wrong data
 * doesn't. Use it as a bean of its own per circuit breaker and name it in {@code resilience4jConfiguration.circuitBreaker}.
 * Camel's own {@code ignoreExceptions} and {@code recordExceptions} are no substitute: they clear the exception and pass the
 * input on as if it were the result (camel-resilience4j 4.17, {@code ResilienceProcessor}).
 *
 * <p>Not thread-safe; the breaker it builds is. Needs resilience4j-circuitbreaker on the class path, which camel-resilience4j
 * brings.
 */
public final class ModelCircuitBreaker {

    private String name = "aiflow";
    private float failureRateThreshold = 50;
    private int minimumNumberOfCalls = 20;
    private int slidingWindowSize = 100;
    private long waitDurationInOpenState = 10_000;
    private int permittedNumberOfCallsInHalfOpenState = 5;

    /** Name of the breaker, default {@code aiflow}. */
    public void setName(String name) {
        this.name = name;
    }

    /** Percentage of failed calls in the window at which the breaker opens, default 50. */
    public void setFailureRateThreshold(float failureRateThreshold) {
        this.failureRateThreshold = failureRateThreshold;
    }

    /** Calls needed before a rate is computed, default 20. */
    public void setMinimumNumberOfCalls(int minimumNumberOfCalls) {
        this.minimumNumberOfCalls = minimumNumberOfCalls;
    }

    /** Calls in the window, default 100. */
    public void setSlidingWindowSize(int slidingWindowSize) {
        this.slidingWindowSize = slidingWindowSize;
    }

    /** Milliseconds an open breaker waits before it tries again, default 10,000. */
    public void setWaitDurationInOpenState(long waitDurationInOpenState) {
        this.waitDurationInOpenState = waitDurationInOpenState;
    }

    /** Calls tried while half open, default 5. */
    public void setPermittedNumberOfCallsInHalfOpenState(int permittedNumberOfCallsInHalfOpenState) {
        this.permittedNumberOfCallsInHalfOpenState = permittedNumberOfCallsInHalfOpenState;
    }

    /** The breaker. */
    public CircuitBreaker build() {
        CircuitBreakerConfig config = CircuitBreakerConfig.custom()
                .slidingWindowType(SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(failureRateThreshold)
                .minimumNumberOfCalls(minimumNumberOfCalls)
                .slidingWindowSize(slidingWindowSize)
                .waitDurationInOpenState(Duration.ofMillis(waitDurationInOpenState))
                .permittedNumberOfCallsInHalfOpenState(permittedNumberOfCallsInHalfOpenState)
                .ignoreException(ModelCircuitBreaker::isDataError)
                .build();
        return CircuitBreaker.of(name, config);
    }

    /** Camel wraps the checked ValidationException on its way to the breaker, so the causes are looked through. */
    private static boolean isDataError(Throwable error) {
        return ObjectHelper.getException(ValidationException.class, error) != null;
    }
}

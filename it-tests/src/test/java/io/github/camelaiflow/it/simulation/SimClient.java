package io.github.camelaiflow.it.simulation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.ConcurrentTransactionsException;
import org.apache.kafka.common.errors.TimeoutException;

/** A client's way to the broker: every call is a place where others may come first, the process may die or stand still, a request may fail. */
abstract class SimClient {

    private static final Map<Method, Method> METHODS = new ConcurrentHashMap<>();

    final SimBroker broker;
    final SimProcess process;
    final Faults faults;

    SimClient(SimBroker broker, SimProcess process) {
        this.broker = broker;
        this.process = process;
        this.faults = broker.faults;
    }

    /** The client as Kafka's interface; what is not simulated is refused. */
    <T> T as(Class<T> type) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Method own = METHODS.computeIfAbsent(method, this::own);
                    try {
                        return own.invoke(this, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private Method own(Method method) {
        try {
            Method own = getClass().getDeclaredMethod(method.getName(), method.getParameterTypes());
            own.setAccessible(true);
            return own;
        } catch (NoSuchMethodException e) {
            throw new UnsupportedOperationException("not simulated: " + method, e);
        }
    }

    /** Whether a request that was answered by an error may have taken effect. */
    boolean refusalsLie() {
        return true;
    }

    final long now() {
        return broker.now();
    }

    /** Before or after a call's effect. */
    final void point(String where) {
        process.checkAlive();
        broker.checks.trace(process, where);
        if (faults.strikes(Fault.KILL)) {
            process.kill();
            process.checkAlive();
        }
        if (faults.strikes(Fault.PAUSE)) {
            process.pause(faults.duration(90_000));
        }
        process.awaitRunning();
        if (faults.yields()) {
            process.sleep(faults.duration(30));
        }
    }

    /**
     * A request with all that can become of it.
     *
     * @param available since when the broker answers this kind
     * @param errors what it may be refused with, drawn only if it is
     */
    final <T> T request(
            String what, long timeout, LongSupplier available, Supplier<RuntimeException> errors, Supplier<T> effect) {
        point(what);
        long deadline = now() + timeout;
        await(available, deadline, what);
        if (faults.strikes(Fault.REFUSED)) {
            if (refusalsLie() && faults.chance(10)) {
                effect.get();
            }
            throw errors.get();
        }
        if (faults.strikes(Fault.REQUEST_LOST)) {
            throw silence(what, deadline);
        }
        if (faults.strikes(Fault.REQUEST_LATE)) {
            broker.fibers.after(timeout + faults.duration(30_000), () -> late(effect));
            throw silence(what, deadline);
        }
        boolean unheard = faults.strikes(Fault.ANSWER_LOST);
        T answer = whileConcurrent(what, deadline, available, effect);
        if (unheard) {
            throw silence(what, deadline);
        }
        point(what);
        return answer;
    }

    private <T> void late(Supplier<T> effect) {
        broker.checks.late();
        try {
            effect.get();
        } catch (RuntimeException e) {
            // Nobody hears the answer.
        }
    }

    /** Waits for the broker, as a client that tries again by itself. */
    final void await(LongSupplier available, long deadline, String what) {
        while (available.getAsLong() > now()) {
            if (now() >= deadline) {
                throw new TimeoutException("no answer: " + what);
            }
            process.sleep(Math.min(1_000, Math.min(available.getAsLong(), deadline) - now()));
        }
    }

    private TimeoutException silence(String what, long deadline) {
        process.sleep(deadline - now());
        return new TimeoutException("no answer: " + what);
    }

    /** The client itself asks again as long as a former transaction's markers are written. */
    private <T> T whileConcurrent(String what, long deadline, LongSupplier available, Supplier<T> effect) {
        while (true) {
            try {
                return effect.get();
            } catch (ConcurrentTransactionsException e) {
                if (now() >= deadline) {
                    throw new TimeoutException("no answer: " + what);
                }
                process.sleep(20);
                await(available, deadline, what);
            }
        }
    }
}

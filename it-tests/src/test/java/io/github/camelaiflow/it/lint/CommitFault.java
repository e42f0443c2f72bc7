package io.github.camelaiflow.it.lint;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.TimeoutException;

/** Consumers whose first commit of all fails as it does when the broker dies. */
public final class CommitFault extends DefaultKafkaClientFactory {

    private final AtomicBoolean failed = new AtomicBoolean();

    @Override
    public Consumer<?, ?> getConsumer(Properties properties) {
        Consumer<?, ?> real = super.getConsumer(properties);
        return (Consumer<?, ?>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Consumer.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("commitSync") && failed.compareAndSet(false, true)) {
                        throw new TimeoutException("planted fault");
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}

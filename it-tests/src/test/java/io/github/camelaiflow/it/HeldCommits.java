package io.github.camelaiflow.it;

import io.github.camelaiflow.delivery.kafka.KafkaClients;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** Kafka's clients, whose producers stand still before they commit their first transaction, until they are released. */
final class HeldCommits implements KafkaClients {

    private final KafkaClients clients;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    HeldCommits(KafkaClients clients) {
        this.clients = clients;
    }

    boolean isHolding() {
        return reached.getCount() == 0;
    }

    void release() {
        released.countDown();
    }

    @Override
    public Consumer<byte[], byte[]> consumer(int thread) {
        return clients.consumer(thread);
    }

    @Override
    @SuppressWarnings("unchecked")
    public Producer<byte[], byte[]> producer(int thread) {
        Producer<byte[], byte[]> producer = clients.producer(thread);
        return (Producer<byte[], byte[]>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Producer.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("commitTransaction")) {
                        reached.countDown();
                        released.await();
                    }
                    try {
                        return method.invoke(producer, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}

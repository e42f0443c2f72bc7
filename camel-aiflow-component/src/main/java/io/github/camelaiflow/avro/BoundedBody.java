package io.github.camelaiflow.avro;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Collects an HTTP body and gives up, failing the exchange, once it is longer than allowed. */
final class BoundedBody implements HttpResponse.BodySubscriber<byte[]> {

    /** The body is longer than allowed. */
    static final class TooLong extends IOException {

        private static final long serialVersionUID = 1L;

        private TooLong(int maxBytes) {
            super("the body must be " + maxBytes + " bytes or fewer");
        }
    }

    private final HttpResponse.BodySubscriber<byte[]> collector = HttpResponse.BodySubscribers.ofByteArray();
    private final int maxBytes;
    private Flow.Subscription subscription;
    private long seen;

    private BoundedBody(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    static HttpResponse.BodyHandler<byte[]> handler(int maxBytes) {
        return head -> new BoundedBody(maxBytes);
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return collector.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        this.subscription = subscription;
        collector.onSubscribe(subscription);
    }

    @Override
    public void onNext(List<ByteBuffer> chunk) {
        if (seen > maxBytes) {
            return;
        }
        seen += chunk.stream().mapToLong(ByteBuffer::remaining).sum();
        if (seen > maxBytes) {
            subscription.cancel();
            collector.onError(new TooLong(maxBytes));
        } else {
            collector.onNext(chunk);
        }
    }

    @Override
    public void onError(Throwable problem) {
        if (seen <= maxBytes) {
            collector.onError(problem);
        }
    }

    @Override
    public void onComplete() {
        if (seen <= maxBytes) {
            collector.onComplete();
        }
    }
}

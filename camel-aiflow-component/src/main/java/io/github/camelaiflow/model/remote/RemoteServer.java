package io.github.camelaiflow.model.remote;

import io.github.camelaiflow.model.ModelException;
import io.github.camelaiflow.openinference.InferRequest;
import io.github.camelaiflow.openinference.InferResponse;
import io.github.camelaiflow.openinference.Limits;
import io.github.camelaiflow.openinference.MessageCodec;
import io.github.camelaiflow.openinference.MetadataCodec;
import io.github.camelaiflow.openinference.ModelMetadata;
import io.github.camelaiflow.openinference.ProtocolException;
import io.github.camelaiflow.openinference.ServerMetadata;
import io.github.camelaiflow.openinference.Tensor;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** A server's answers, and what its failures mean. What it says of its errors may quote the request and is told nowhere. */
final class RemoteServer {

    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int UNPROCESSABLE = 422;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERRORS = 500;

    private final String place;
    private final Transport transport;
    private final Limits limits;
    private final MessageCodec codec;
    private final AtomicLong ids = new AtomicLong();
    private volatile boolean binary;

    RemoteServer(String place, Transport transport, Limits limits) {
        this.place = place;
        this.transport = transport;
        this.limits = limits;
        this.codec = new MessageCodec(limits);
    }

    /** Carries one call. */
    private interface Call {
        Transport.Reply make() throws IOException;
    }

    /** The model's metadata. */
    ModelMetadata metadata() {
        Transport.Reply reply = call(transport::metadata);
        if (reply.status() != OK) {
            throw failed("its metadata", reply.status());
        }
        try {
            return MetadataCodec.readModel(reply.body());
        } catch (ProtocolException e) {
            throw garbage(e);
        }
    }

    /** Learns whether the server takes binary tensors; if it doesn't say so, it is asked in JSON. */
    void readExtensions() {
        try {
            Transport.Reply reply = transport.server();
            binary = reply.status() == OK
                    && MetadataCodec.readServer(reply.body()).extensions().contains(ServerMetadata.BINARY);
        } catch (IOException | RuntimeException e) {
            binary = false;
        }
    }

    /** The answer; empty if the server refused the request as wrong. */
    Optional<InferResponse> infer(List<Tensor> inputs) {
        String id = String.valueOf(ids.incrementAndGet());
        InferRequest request = InferRequest.of(id, inputs);
        boolean inBinary = binary;
        Transport.Reply reply =
                call(() -> transport.infer(codec.encode(inBinary ? request.withBinaryOutputs() : request, inBinary)));
        if (reply.status() == BAD_REQUEST || reply.status() == UNPROCESSABLE) {
            return Optional.empty();
        }
        if (reply.status() != OK) {
            throw failed("an inference", reply.status());
        }
        InferResponse response;
        try {
            response = codec.readResponse(reply.body(), reply.jsonLength());
        } catch (ProtocolException e) {
            throw garbage(e);
        }
        if (response.id() != null && !response.id().equals(id)) {
            throw new ModelException(true, place + " must answer the request it was asked, it answered another's id");
        }
        return Optional.of(response);
    }

    private Transport.Reply call(Call call) {
        try {
            return call.make();
        } catch (Transport.BodyTooLong e) {
            throw new ModelException(false, place + " must answer with " + limits.maxBytes() + " bytes or fewer");
        } catch (IOException e) {
            throw new ModelException(
                    !isUntrusted(e),
                    place + " must be reachable, failed with " + e.getClass().getName());
        } catch (ModelException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new ModelException(
                    false, place + " must answer, failed with " + e.getClass().getName());
        }
    }

    /** A certificate that isn't trusted stays so; all else of the network may pass. */
    private static boolean isUntrusted(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return true;
            }
        }
        return false;
    }

    private ModelException failed(String asked, int status) {
        boolean retryable = status >= SERVER_ERRORS || status == REQUEST_TIMEOUT || status == TOO_MANY_REQUESTS;
        return new ModelException(retryable, place + " must answer " + asked + " with status 200, was " + status);
    }

    /** The server finds the request wrong, and no row of it is to blame. */
    ModelException refused() {
        return new ModelException(
                false, place + " must take the request, it refuses it as wrong (status 400 or 422) for every record");
    }

    private ModelException garbage(ProtocolException e) {
        return new ModelException(
                false, place + " must answer as the Open Inference Protocol has it: " + e.getMessage(), e);
    }

    void close() {
        transport.close();
    }
}

package io.github.camelaiflow.model.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.CoreMLFlags;
import ai.onnxruntime.providers.NNAPIFlags;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Execution providers: what runs a model's operators. */
final class OnnxProviders {

    private static final String SUFFIX = "executionprovider";

    private OnnxProviders() {}

    /** Has the session use the provider; adds a problem if this build of the runtime hasn't it. */
    static void use(String provider, SessionOptions settings, List<String> problems) throws OrtException {
        Set<OrtProvider> available = OrtEnvironment.getAvailableProviders();
        for (OrtProvider one : available) {
            if (plain(one.name()).equals(plain(provider))
                    || plain(one.getName()).equals(plain(provider))) {
                if (!use(one, settings)) {
                    problems.add(
                            "its execution provider " + provider + " can't be chosen through ONNX Runtime's Java API");
                }
                return;
            }
        }
        problems.add("its execution provider " + provider + " isn't in this build of ONNX Runtime, which has "
                + available.stream().map(one -> plain(one.name())).sorted().collect(Collectors.joining(", "))
                + "; com.microsoft.onnxruntime:onnxruntime_gpu has cuda and tensorrt besides");
    }

    private static String plain(String provider) {
        String letters = provider.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        return letters.endsWith(SUFFIX) ? letters.substring(0, letters.length() - SUFFIX.length()) : letters;
    }

    private static boolean use(OrtProvider provider, SessionOptions settings) throws OrtException {
        switch (provider) {
            case CPU -> {}
            case CUDA -> settings.addCUDA();
            case TENSOR_RT -> settings.addTensorrt(0);
            case ROCM -> settings.addROCM();
            case DNNL -> settings.addDnnl(true);
            case OPEN_VINO -> settings.addOpenVINO("");
            case DIRECT_ML -> settings.addDirectML(0);
            case CORE_ML -> settings.addCoreML(EnumSet.noneOf(CoreMLFlags.class));
            case NNAPI -> settings.addNnapi(EnumSet.noneOf(NNAPIFlags.class));
            case XNNPACK -> settings.addXnnpack(Map.of());
            case QNN -> settings.addQnn(Map.of());
            case WEBGPU -> settings.addWebGPU(Map.of());
            case ACL -> settings.addACL(true);
            case ARM_NN -> settings.addArmNN(true);
            default -> {
                return false;
            }
        }
        return true;
    }
}

package io.github.camelaiflow.openinference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class HalfFloatsTest {

    @Test
    void knownValuesOfBinary16() {
        assertThat(HalfFloats.fromFp16((short) 0x3C00)).isEqualTo(1f);
        assertThat(HalfFloats.fromFp16((short) 0xC000)).isEqualTo(-2f);
        assertThat(HalfFloats.fromFp16((short) 0x7BFF)).isEqualTo(65504f);
        assertThat(HalfFloats.fromFp16((short) 0x0001)).isEqualTo(0x1p-24f);
        assertThat(HalfFloats.fromFp16((short) 0x3555)).isEqualTo(0.333251953125f);
        assertThat(HalfFloats.fromFp16((short) 0xFC00)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(HalfFloats.toFp16(65519f)).isEqualTo((short) 0x7BFF);
        assertThat(HalfFloats.toFp16(65520f)).isEqualTo((short) 0x7C00);
        assertThat(HalfFloats.toFp16(Float.MAX_VALUE)).isEqualTo((short) 0x7C00);
        assertThat(HalfFloats.toFp16(-0f)).isEqualTo((short) 0x8000);
    }

    @Test
    void knownValuesOfBfloat16() {
        assertThat(HalfFloats.fromBf16((short) 0x3F80)).isEqualTo(1f);
        assertThat(HalfFloats.toBf16(3.140625f)).isEqualTo((short) 0x4049);
        assertThat(HalfFloats.toBf16(Float.MAX_VALUE)).isEqualTo((short) 0x7F80);
        assertThat(HalfFloats.toBf16(HalfFloats.LARGEST_BF16)).isEqualTo((short) 0x7F7F);
    }

    @Test
    void everyValueComesBack() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            float half = HalfFloats.fromFp16((short) bits);
            float brain = HalfFloats.fromBf16((short) bits);
            if (Float.isNaN(half)) {
                assertThat(HalfFloats.fromFp16(HalfFloats.toFp16(half))).isNaN();
            } else {
                assertThat(HalfFloats.toFp16(half)).isEqualTo((short) bits);
            }
            if (Float.isNaN(brain)) {
                assertThat(HalfFloats.fromBf16(HalfFloats.toBf16(brain))).isNaN();
            } else {
                assertThat(HalfFloats.toBf16(brain)).isEqualTo((short) bits);
            }
        }
    }

    @Test
    void othersGoToTheNearestAndTiesToTheEven() {
        Random random = new Random(7);
        for (int i = 0; i < 200_000; i++) {
            // all exponents that binary16 has, some below and some above
            float value = (float) (random.nextGaussian() * Math.pow(2, random.nextInt(46) - 28));
            assertNearest(value, HalfFloats.toFp16(value));
        }
        for (int bits = 0; bits < 0x7BFF; bits++) {
            float middle = (HalfFloats.fromFp16((short) bits) + HalfFloats.fromFp16((short) (bits + 1))) / 2;
            assertThat(HalfFloats.toFp16(middle) & 1).isZero();
            assertNearest(middle, HalfFloats.toFp16(middle));
        }
    }

    private static void assertNearest(float value, short bits) {
        float got = HalfFloats.fromFp16(bits);
        if (Math.abs(value) >= 65520) {
            assertThat(got).isEqualTo(Math.copySign(Float.POSITIVE_INFINITY, value));
            return;
        }
        double error = Math.abs((double) value - got);
        int magnitude = bits & 0x7FFF;
        for (int other : new int[] {Math.max(0, magnitude - 1), Math.min(magnitude + 1, 0x7BFF)}) {
            assertThat(Math.abs(Math.abs((double) value) - HalfFloats.fromFp16((short) other)))
                    .isGreaterThanOrEqualTo(error);
        }
    }
}

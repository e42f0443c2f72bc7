package io.github.camelaiflow.benchmarks;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;

/** 20 fields with 60 Jakarta constraints, as a user would write them. */
final class ConstrainedBean {

    @NotNull
    @DecimalMin("0")
    @DecimalMax("100")
    public final Double f0;

    @NotNull
    @DecimalMin("0")
    @DecimalMax("100")
    public final Double f1;

    @NotNull
    @DecimalMin("0")
    @DecimalMax("100")
    public final Double f2;

    @NotNull
    @DecimalMin("0")
    @DecimalMax("100")
    public final Double f3;

    @NotNull
    @DecimalMin("0")
    @DecimalMax("100")
    public final Double f4;

    @NotNull
    @DecimalMin("0")
    @DecimalMax("100")
    public final Double f5;

    @NotNull
    @DecimalMin("0")
    @DecimalMax("100")
    public final Double f6;

    @NotNull
    @DecimalMin("0")
    @DecimalMax("100")
    public final Double f7;

    @NotNull
    @DecimalMin("0")
    @DecimalMax("100")
    public final Double f8;

    @NotNull
    @DecimalMin("0")
    @DecimalMax("100")
    public final Double f9;

    @NotNull
    @DecimalMin("0")
    @DecimalMax("100")
    public final Double f10;

    @NotNull
    @DecimalMin("0")
    @DecimalMax("100")
    public final Double f11;

    @NotNull
    @DecimalMin("0")
    @DecimalMax("100")
    public final Double f12;

    @NotNull
    @DecimalMin("0")
    @DecimalMax("100")
    public final Double f13;

    @NotNull
    @DecimalMin("0")
    @DecimalMax("100")
    public final Double f14;

    @NotNull
    @DecimalMin("0")
    @DecimalMax("100")
    public final Double f15;

    @NotNull
    @DecimalMin("0")
    @DecimalMax("100")
    public final Double f16;

    @NotNull
    @DecimalMin("0")
    @DecimalMax("100")
    public final Double f17;

    @NotNull
    @DecimalMin("0")
    @DecimalMax("100")
    public final Double f18;

    @NotNull
    @DecimalMin("0")
    @DecimalMax("100")
    public final Double f19;

    ConstrainedBean(double[] values) {
        f0 = values[0];
        f1 = values[1];
        f2 = values[2];
        f3 = values[3];
        f4 = values[4];
        f5 = values[5];
        f6 = values[6];
        f7 = values[7];
        f8 = values[8];
        f9 = values[9];
        f10 = values[10];
        f11 = values[11];
        f12 = values[12];
        f13 = values[13];
        f14 = values[14];
        f15 = values[15];
        f16 = values[16];
        f17 = values[17];
        f18 = values[18];
        f19 = values[19];
    }
}

package io.breakwater.core.data.processing;

/** A picture string, the second argument of the formatting functions, with a limited length. */
final class PictureString {
    private static final int MAX_CHARS = 128;

    private PictureString() {}

    static String of(FunctionArguments arguments) {
        var picture = arguments.text(1);
        if (picture == null) {
            throw EvaluationLimitException.because("This function needs a picture string as its second argument.");
        }
        if (picture.length() > MAX_CHARS) {
            throw EvaluationLimitException.because("A picture string may have at most " + MAX_CHARS + " characters.");
        }
        return picture;
    }
}

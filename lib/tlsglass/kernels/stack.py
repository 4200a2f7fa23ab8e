"""Small arrays on the stack: memory that no argument of a kernel can overlap with.

The compiler knows that. So it need not compare addresses before each short loop, and keeps what a loop over spectators
multiplies in registers, where an array that came as an argument is read and written each time.
"""

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic
from numba.np import arrayobj

_CACHE_LINE = 64


@intrinsic(prefer_literal=True)
def stack_array(typingctx, size):
    """Return an uninitialised array of `size` float64, a constant; it lives until the kernel that made it returns."""
    if not isinstance(size, types.IntegerLiteral):
        return None
    array = types.Array(types.float64, 1, "C")
    length = size.literal_value

    def code(context, builder, signature, arguments):
        memory = cgutils.alloca_once(builder, ir.ArrayType(ir.DoubleType(), length))
        memory.align = _CACHE_LINE
        made = arrayobj.make_array(array)(context, builder)
        arrayobj.populate_array(
            made,
            data=builder.bitcast(memory, ir.DoubleType().as_pointer()),
            shape=[context.get_constant(types.intp, length)],
            strides=[context.get_constant(types.intp, 8)],
            itemsize=context.get_constant(types.intp, 8),
            meminfo=None,
        )
        return made._getvalue()

    return array(size), code

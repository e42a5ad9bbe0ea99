Ü
"serve*2.15.0È
C
xPlaceholder*
dtype0*$
shape:ÿÿÿÿÿÿÿÿÿ
7
conv/kernelVarHandleOp*
shape:
#
readReadVariableOpconv/kernel

conv/Conv2DConv2Dxread"Ú
"""Public files of the platform below `/annexes`: styles of vector tiles, their sprites, legends."""
